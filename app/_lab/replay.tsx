'use client';

import { Pause, Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { KillRound } from '#lib/lab/run.ts';
import { Button } from '../_ui/button.tsx';
import { latency } from '../_ui/format.ts';
import { momentOf } from './replay-words.ts';

/** Half as fast as it was: a failure is over before it is seen. */
const SLOWNESS = 2;

/** Goes through a failure again, stretch by stretch: what had happened, and who answered. */
export function Replay({ round }: { readonly round: KillRound }) {
  const last = round.frames.length - 1;
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const stretchMs = last > 0 ? ((round.frames[last]?.atMs ?? 0) - (round.frames[0]?.atMs ?? 0)) / last : 50;
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setInterval(() => setAt((now) => Math.min(last, now + 1)), Math.max(16, stretchMs * SLOWNESS));
    return () => clearInterval(timer);
  }, [playing, last, stretchMs]);
  const moment = momentOf(round, at);
  if (moment === null) return null;
  const toggle = (): void => {
    if (at >= last) setAt(0);
    setPlaying(!playing || at >= last);
  };
  const going = playing && at < last;
  return (
    <section aria-label="Replay" className="max-w-[46rem] pb-4" data-testid="replay">
      <div className="flex items-center gap-3">
        <Button onClick={toggle} aria-label={going ? 'Pause the replay' : 'Play the replay'}>
          {going ? <Pause className="size-3.5" /> : <Play className="size-3.5" />} Replay
        </Button>
        <input
          type="range"
          aria-label="Moment of the failure"
          aria-valuetext={`${Math.round(moment.afterMs)} ms: ${moment.step}`}
          min={0}
          max={last}
          value={at}
          onChange={(event) => setAt(Number(event.target.value))}
          className="min-w-0 flex-1 accent-ink"
        />
      </div>
      <p className="mt-2 flex flex-wrap gap-x-4">
        <strong className="font-mono">{Math.round(moment.afterMs)} ms</strong>
        <span>
          {round.target}: {moment.step}
        </span>
        <span className="text-muted">
          {moment.replicas.map(([name, answered]) => `${name || 'balancer'}: ${answered}`).join(' · ') || 'no answers'}
        </span>
        <span className={moment.failed > 0 ? 'text-critical' : 'text-muted'}>{moment.failed} lost</span>
        <span className="text-muted">p99 {latency(moment.p99Ms)} ms</span>
      </p>
    </section>
  );
}
