import { type Failure, type Health, type HealthPolicy, isOwnFault } from './health.ts';

export interface FailedProbe {
  readonly reason: string;
  readonly silent: boolean;
  readonly unansweredSince: number;
  /** The balancer itself stood still while it waited for the answer. */
  readonly stoodStill: boolean;
}

/** What a failed probe says of the replica; null when it says nothing, for the fault is the balancer's. */
export function judgeFailure(probe: FailedProbe): (Failure & { readonly refused: boolean }) | null {
  if (probe.stoodStill || isOwnFault(probe.reason)) return null;
  return {
    reason: probe.reason,
    silent: probe.silent,
    weight: probe.silent ? 1 + probe.unansweredSince : 1,
    refused: /ECONNREFUSED/.test(probe.reason),
  };
}

export interface Case {
  readonly health: Health;
  /** Monotonic times, ms. */
  readonly life: { readonly startedAt: number; readonly badSince: number | null };
  readonly now: number;
  readonly policy: { readonly health: HealthPolicy; readonly startTimeoutMs: number; readonly replaceAfterMs: number };
}

/** Why the instance has to be replaced though it runs; null while it may stay. */
export function verdictOn({ health, life, now, policy }: Case): string | null {
  if (health.standing === 'good') return null;
  if (health.standing === 'unproven') {
    const waited = now - life.startedAt;
    return waited > policy.startTimeoutMs ? `not healthy after ${Math.round(waited / 1000)} s: ${health.reason}` : null;
  }
  if (health.silent) return 'hung: probes get no answer';
  const badForMs = now - (life.badSince ?? now);
  return badForMs > policy.replaceAfterMs ? `unwell for ${Math.round(badForMs / 1000)} s: ${health.reason}` : null;
}
