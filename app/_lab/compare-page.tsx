'use client';

import { useQueries } from '@tanstack/react-query';
import { EXPERIMENT_TITLES } from '#lib/lab/experiment.ts';
import { reportHtml } from '#lib/lab/report.ts';
import { ReadingFailed } from '../_live/reading.tsx';
import { Button } from '../_ui/button.tsx';
import { Panel } from '../_ui/panel.tsx';
import { saveText } from '../_ui/take-home.ts';
import { readRun } from './api.ts';
import { RunView } from './run-view.tsx';

/** Runs side by side: their findings, charts and parameters in columns. */
export function ComparePage({ ids }: { readonly ids: readonly string[] }) {
  const stored = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['run', id],
      queryFn: ({ signal }: { signal: AbortSignal }) => readRun(id, signal),
    })),
  });
  const runs = stored.flatMap(({ data }) => data ?? []);
  const problem = stored.find(({ error }) => error !== null)?.error ?? null;
  const save = (): void => saveText('ringmaster-comparison.html', 'text/html', reportHtml(runs));
  return (
    <Panel title={`${runs.length} runs side by side`} side={<Button onClick={save}>Save report</Button>}>
      {problem !== null && <ReadingFailed message={problem.message} />}
      <div className="grid gap-x-10 gap-y-8 [grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr))]">
        {runs.map((run) => (
          <div key={run.id} className="min-w-0">
            <h3 className="mb-1">{EXPERIMENT_TITLES[run.kind]}</h3>
            <RunView run={run} />
          </div>
        ))}
      </div>
    </Panel>
  );
}
