'use client';

import { useState } from 'react';
import { barChart } from '#lib/lab/charts/bar-chart.ts';
import type { RunProgress } from '#lib/lab/run.ts';
import { useSession } from '../_shell/session.tsx';
import { Button } from '../_ui/button.tsx';
import { count, latency } from '../_ui/format.ts';
import { cancelRun } from './api.ts';
import { Drawing } from './drawing.tsx';

interface RunningProps {
  readonly id: string;
  readonly progress: RunProgress | null;
}

/** A run that goes on: how far, what it does now, who got how much, and the way to end it. */
export function Running({ id, progress }: RunningProps) {
  const { role } = useSession();
  const [cancelling, setCancelling] = useState(false);
  const cancel = (): void => {
    setCancelling(true);
    cancelRun(id).catch(() => setCancelling(false));
  };
  const ratio = progress?.ratio ?? 0;
  return (
    <section aria-label="Progress" data-testid="progress">
      <div className="flex items-center gap-4">
        <progress
          value={ratio}
          max={1}
          aria-label="How far it is"
          className="h-2 flex-1 overflow-hidden rounded-full [&::-webkit-progress-bar]:bg-raised [&::-webkit-progress-value]:bg-ink"
        />
        {role === 'operator' && (
          <Button onClick={cancel} disabled={cancelling}>
            {cancelling ? 'Ending…' : 'Cancel'}
          </Button>
        )}
      </div>
      <p className="mt-2 text-muted" aria-live="polite">
        {progress?.step ?? 'starting'}
      </p>
      {progress !== null && progress.requests > 0 && <Traffic progress={progress} />}
    </section>
  );
}

function Traffic({ progress }: { readonly progress: RunProgress }) {
  const figures = [
    ['requests', count(progress.requests)],
    ['lost', count(progress.failed)],
    ['p50 ms', latency(progress.frame?.p50Ms ?? null)],
    ['p99 ms', latency(progress.frame?.p99Ms ?? null)],
  ];
  const named = progress.replicas.filter(([name]) => name !== '');
  const sorted = named.toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  const bars = sorted.map(([name, value]) => ({ name, value, beside: null }));
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
      <Drawing svg={barChart({ title: 'So far', unit: 'requests on each replica', bars, expected: null })} />
    </>
  );
}
