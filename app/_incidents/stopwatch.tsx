'use client';

import { useState } from 'react';
import type { IncidentView } from '#lib/api/state.ts';
import { span } from '#lib/span.ts';
import { useLive } from '../_live/provider.tsx';
import { useNow } from '../_live/use-now.ts';
import { ago, count } from '../_ui/format.ts';
import { Link } from '../_ui/link.tsx';
import { Time } from '../_ui/time.tsx';
import { type StopwatchStep, stopwatchSteps } from './stopwatch-steps.ts';

const RUNNING_MS = 60;
const RESTING_MS = 1_000;
/** A replay begins so much before the failure. */
const REPLAY_LEAD_MS = 1_000;

/** The latest failure, step by step: it runs while the replica is away. */
export function LatestIncident() {
  const incident = useLive(({ state }) => state?.incidents[0] ?? null);
  const startedAt = useLive(({ state }) => state?.balancer.startedAt ?? null);
  if (incident !== null) return <Stopwatch key={incident.id} incident={incident} />;
  return (
    <p className="text-muted" data-testid="stopwatch-empty">
      {startedAt === null ? (
        'Failures are not known yet.'
      ) : (
        <>
          No replica has failed since the balancer started at <Time at={startedAt} precision="seconds" />.
        </>
      )}
    </p>
  );
}

export function Stopwatch({ incident }: { readonly incident: IncidentView }) {
  const running = incident.servingMs === null;
  const past = useLive(({ connection }) => connection === 'past');
  const looping = useLoop(incident.replica, past);
  // A clock at rest may be a second behind; a failure that is over is never younger than what it took.
  const now = Math.max(useNow(running ? RUNNING_MS : RESTING_MS), incident.at + (incident.servingMs ?? 0));
  return (
    <section aria-label={`Failure of ${incident.replica}`} className="@container" data-testid="stopwatch">
      <p className="mb-2 flex flex-wrap items-baseline gap-x-2">
        <strong>{incident.replica}</strong>
        <span>{incident.cause}</span>
        <span className="text-muted">
          <Time at={incident.at} /> · {ago(now - incident.at)}
        </span>
        {running && looping !== null && <span className="text-critical">crash-looping: {looping}</span>}
        {!past && (
          <Link
            href={`/replay?at=${Math.floor(incident.at) - REPLAY_LEAD_MS}&span=15m`}
            className="ml-auto text-muted underline-offset-4 hover:text-ink hover:underline"
          >
            replay it
          </Link>
        )}
      </p>
      <dl className="stopwatch">
        {stopwatchSteps(incident, now).map((step) => (
          <Step key={step.word} step={step} />
        ))}
        <div>
          {/* Of the past only its sum is kept. */}
          <dt className="text-muted text-small">requests lost{past && running && ' in the end'}</dt>
          <dd className={`font-semibold text-large ${incident.lost > 0 ? 'text-critical' : ''}`} data-testid="lost">
            {count(incident.lost)}
            <span className="ml-2 font-normal text-muted text-small">
              of {count(incident.requests)}, {count(incident.retried)} retried
            </span>
          </dd>
        </div>
      </dl>
    </section>
  );
}

/** Why a replica does not come back, null while nothing keeps it from that. Stays while it is tried once more. */
function useLoop(name: string, past: boolean): string | null {
  const reason = useLive(
    ({ state }) =>
      state?.replicas.find((other) => other.name === name && other.status === 'crash-looping')?.reason ?? null,
  );
  const [last, setLast] = useState(reason);
  if (reason !== null && reason !== last) setLast(reason);
  return past ? reason : last;
}

function Step({ step }: { readonly step: StopwatchStep }) {
  return (
    <div data-state={step.state}>
      <dt className="text-muted text-small">{step.word}</dt>
      <dd className={`font-semibold text-large ${step.state === 'running' ? 'text-warning' : ''}`}>
        {step.ms === null ? '–' : span(step.ms)}
        {step.state === 'running' && ' …'}
      </dd>
    </div>
  );
}
