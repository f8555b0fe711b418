'use client';

import { useState } from 'react';
import type { KillRound } from '#lib/lab/run.ts';
import { KillStrip } from './kill-strip.tsx';
import { Replay } from './replay.tsx';

/** The stopwatch and the replay of a fault; with several rounds, of the one that is chosen. */
export function KillRounds({ rounds }: { readonly rounds: readonly KillRound[] }) {
  const [at, setAt] = useState(0);
  const round = rounds[at];
  if (!round) return null;
  return (
    <>
      {rounds.length > 1 && (
        <label className="mt-3 flex items-center gap-2 text-muted">
          Round
          <select
            value={at}
            onChange={(event) => setAt(Number(event.target.value))}
            className="h-8 rounded-lg border border-line bg-ground px-2 text-ink"
          >
            {rounds.map(({ target, pass }, number) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rounds never move
              <option key={number} value={number}>
                {number + 1}: {target}, {pass ? 'holds' : 'does not hold'}
              </option>
            ))}
          </select>
        </label>
      )}
      <KillStrip
        steps={round}
        sinceMs={null}
        lost={round.lost}
        note={`of ${round.requests}, ${round.retried} retried`}
      />
      <Replay key={at} round={round} />
    </>
  );
}
