'use client';

import { EXPERIMENT_TITLES } from '#lib/lab/experiment.ts';
import { figuresOf } from '#lib/lab/figures.ts';
import { sentencesOf } from '#lib/lab/findings.ts';
import { parametersOf } from '#lib/lab/parameters.ts';
import type { Run } from '#lib/lab/run.ts';
import { Time } from '../_ui/time.tsx';
import { FigureView } from './figure-view.tsx';
import { KillRounds } from './kill-rounds.tsx';
import { Verdict } from './verdict.tsx';

/** What a run has found: sentences, charts, the figures behind them, and how it was run. */
export function RunView({ run }: { readonly run: Run }) {
  const kill = run.result?.kind === 'kill' || run.result?.kind === 'a3' ? run.result.kill : null;
  return (
    <article
      aria-label={EXPERIMENT_TITLES[run.kind]}
      className="@container min-w-0"
      data-testid="run"
      data-status={run.status}
    >
      <p className="flex flex-wrap gap-x-4">
        <span className="font-semibold">
          <Verdict head={run} />
        </span>
        <span className="text-muted">
          <Time at={run.startedAt} precision="seconds" /> · {run.id}
        </span>
      </p>
      <ul className="my-3 max-w-3xl list-disc pl-5">
        {sentencesOf(run).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {kill && <KillRounds rounds={kill.rounds} />}
      <div className="grid gap-x-10 @5xl:grid-cols-2">
        {figuresOf(run).map((figure) => (
          <FigureView key={figure.id} figure={figure} runId={run.id} />
        ))}
        <FigureView
          runId={run.id}
          figure={{ id: 'parameters', title: 'How it was run', draw: null, table: parametersOf(run) }}
        />
      </div>
    </article>
  );
}
