'use client';

import { memo, useState } from 'react';
import { barChart } from '#lib/lab/charts/bar-chart.ts';
import { timelineChart } from '#lib/lab/charts/timeline-chart.ts';
import { figuresOf } from '#lib/lab/figures.ts';
import type { LoadFrame } from '#lib/lab/load.ts';
import type { Run, RunProgress, RunResult } from '#lib/lab/run.ts';
import { spreadOf } from '#lib/lab/statistics.ts';
import { ChangeButton } from '../_changes/change-button.tsx';
import { useSession } from '../_shell/session.tsx';
import { count, latency } from '../_ui/format.ts';
import { cancelRun } from './api.ts';
import { Drawing } from './drawing.tsx';
import { FigureView } from './figure-view.tsx';
import type { Following } from './follow.ts';
import { KillStrip } from './kill-strip.tsx';

interface RunningProps {
  readonly run: Run;
  readonly following: Following;
}

/** A run that goes on: how far, what it does now, who got how much, what it has found, and the way to end it. */
export function Running({ run, following: { progress, frames, found } }: RunningProps) {
  const { role } = useSession();
  const [cancelling, setCancelling] = useState(false);
  const cancel = (): void => {
    setCancelling(true);
    cancelRun(run.id).catch(() => setCancelling(false));
  };
  const ratio = progress?.ratio ?? 0;
  return (
    <section aria-label="Progress" className="@container" data-testid="progress">
      <div className="flex items-center gap-4">
        <progress
          value={ratio}
          max={1}
          aria-label="How far it is"
          className="h-2 flex-1 overflow-hidden rounded-full [&::-webkit-progress-bar]:bg-raised [&::-webkit-progress-value]:bg-ink"
        />
        {role === 'operator' && (
          <ChangeButton onClick={cancel} disabled={cancelling}>
            {cancelling ? 'Ending…' : 'Cancel'}
          </ChangeButton>
        )}
      </div>
      <p className="mt-2 text-muted" aria-live="polite">
        {progress?.step ?? 'starting'}
      </p>
      {progress?.stopwatch && (
        <KillStrip
          steps={progress.stopwatch}
          sinceMs={progress.stopwatch.sinceMs}
          lost={progress.failed}
          note={`of ${count(progress.requests)}`}
        />
      )}
      {progress !== null && progress.requests > 0 && <Traffic progress={progress} frames={frames} />}
      {found !== null && <Found run={run} found={found} />}
    </section>
  );
}

/** Drawn again only when more was found, not with every word of progress. */
const Found = memo(function Found({ run, found }: { readonly run: Run; readonly found: RunResult }) {
  return (
    <div className="grid @5xl:grid-cols-2 gap-x-10">
      {figuresOf({ ...run, result: found }).map((figure) => (
        <FigureView key={figure.id} figure={figure} runId={run.id} />
      ))}
    </div>
  );
});

interface TrafficProps {
  readonly progress: RunProgress;
  readonly frames: readonly LoadFrame[];
}

function Traffic({ progress, frames }: TrafficProps) {
  const figures = [
    ['requests', count(progress.requests)],
    ['lost', count(progress.failed)],
    ['p50 ms', latency(progress.frame?.p50Ms ?? null)],
    ['p99 ms', latency(progress.frame?.p99Ms ?? null)],
  ];
  const named = progress.replicas.filter(([name]) => name !== '');
  const sorted = named.toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  const bars = sorted.map(([name, value]) => ({ name, value, beside: null }));
  const mean = spreadOf(bars.map(({ value }) => value)).mean;
  return (
    <>
      <dl className="my-3 flex flex-wrap gap-x-10 gap-y-3">
        {figures.map(([word, figure]) => (
          <div key={word}>
            <dt className="text-muted text-small">{word}</dt>
            <dd className="font-semibold text-large">{figure}</dd>
          </div>
        ))}
      </dl>
      <div className="grid @5xl:grid-cols-2 gap-x-10">
        <Drawing
          draw={(width) => barChart({ title: 'So far', unit: 'requests on each replica', bars, expected: mean }, width)}
        />
        {frames.length > 1 && (
          <Drawing
            draw={(width) => timelineChart({ title: 'Load over time', frames, marks: [], trouble: null }, width)}
          />
        )}
      </div>
    </>
  );
}
