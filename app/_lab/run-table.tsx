'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EXPERIMENT_TITLES, type ExperimentKind } from '#lib/lab/experiment.ts';
import type { RunHead } from '#lib/lab/run.ts';
import { Reading, ReadingFailed } from '../_live/reading.tsx';
import { buttonClass } from '../_ui/button.tsx';
import { Link } from '../_ui/link.tsx';
import { Panel } from '../_ui/panel.tsx';
import { Time } from '../_ui/time.tsx';
import { listRuns } from './api.ts';
import { Verdict } from './verdict.tsx';

interface RunTableProps {
  /** Only these; null: all. */
  readonly kinds: readonly ExperimentKind[] | null;
}

const REFRESH_MS = 2000;

/** Runs that were kept, newest first; two or more of them can be laid side by side. */
export function RunTable({ kinds }: RunTableProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const stored = useQuery({
    queryKey: ['runs'],
    queryFn: ({ signal }) => listRuns(signal),
    refetchInterval: REFRESH_MS,
  });
  const runs = (stored.data ?? []).filter((head) => kinds?.includes(head.kind) ?? true);
  const toggle = (id: string): void =>
    setChosen(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id].slice(-4));
  const compare = `/experiments/compare?${chosen.map((id) => `run=${id}`).join('&')}`;
  return (
    <Panel
      title="Runs"
      side={
        chosen.length > 1 ? (
          <Link href={compare} className={buttonClass()}>
            Compare {chosen.length}
          </Link>
        ) : (
          <span className="text-muted">{stored.error === null && `${runs.length} kept`}</span>
        )
      }
    >
      {runs.length > 0 && (
        <div className="relative overflow-x-auto">
          <table className="w-full sm:min-w-[44rem]" data-testid="runs">
            <thead className="text-muted">
              <tr className="border-line border-b">
                <th className="h-8 w-8 text-left font-normal">
                  <span className="sr-only">compare</span>
                </th>
                <th className="text-left font-normal">when</th>
                <th className="text-left font-normal">run</th>
                <th className="text-left font-normal">verdict</th>
                <th className="text-left font-normal max-sm:hidden">found</th>
              </tr>
            </thead>
            <tbody>
              {runs.map((head) => (
                <RunRow key={head.id} head={head} chosen={chosen.includes(head.id)} onToggle={() => toggle(head.id)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {runs.length === 0 && stored.error === null && (
        <p className="py-3 text-muted">{stored.isPending ? <Reading /> : 'Nothing was run yet.'}</p>
      )}
      {stored.error !== null && <ReadingFailed message={stored.error.message} />}
    </Panel>
  );
}

interface RunRowProps {
  readonly head: RunHead;
  readonly chosen: boolean;
  readonly onToggle: () => void;
}

function RunRow({ head, chosen, onToggle }: RunRowProps) {
  return (
    <tr className="h-8 border-line border-b">
      <td className="pr-3">
        <input
          type="checkbox"
          aria-label={`Compare ${head.id}`}
          checked={chosen}
          disabled={head.status === 'running'}
          onChange={onToggle}
          className="block size-4 accent-ink max-sm:size-5"
        />
      </td>
      <td className="pr-4 max-sm:w-24 max-sm:[&_time]:whitespace-normal sm:whitespace-nowrap">
        <Time at={head.startedAt} precision="seconds" />
      </td>
      <td className="pr-4 font-semibold max-sm:py-2 sm:whitespace-nowrap">
        <Link href={`/experiments/${head.id}`} className="underline-offset-4 hover:underline">
          {EXPERIMENT_TITLES[head.kind]}
        </Link>
      </td>
      <td className="whitespace-nowrap sm:pr-4">
        <Verdict head={head} />
      </td>
      <td className="max-w-[40rem] truncate max-sm:hidden" title={head.summary}>
        {head.summary}
      </td>
    </tr>
  );
}
