import type { AlertCondition } from '../../../lib/api/alert-rules.ts';
import { type CounterPast, countedWithin } from './counter-past.ts';
import type { FleetSignals, ReplicaSignals } from './signals.ts';

/** What a condition comes to, for the fleet (`replica` null) or one replica. */
export interface Measurement {
  readonly replica: string | null;
  /** In the condition's unit; null when there is nothing to measure, which never holds. */
  readonly value: number | null;
  readonly holds: boolean;
  /** Why the replica is as it is, in plain words. */
  readonly reason: string | null;
}

type Outcome = Omit<Measurement, 'replica' | 'reason'>;

function isDown({ status }: ReplicaSignals): boolean {
  return status === 'down' || status === 'replacing' || status === 'crash-looping' || status === 'ejected';
}

function over(value: number | null, bound: number): Outcome {
  return { value, holds: value !== null && value > bound };
}

function atLeast(value: number, bound: number): Outcome {
  return { value, holds: value >= bound };
}

function errorRatio(
  past: CounterPast,
  { windowMs, minRequests }: { readonly windowMs: number; readonly minRequests: number },
  seat: number | null,
): number | null {
  const { requests, errors } = countedWithin(past, windowMs, seat);
  return requests < minRequests ? null : Math.min(1, errors / requests);
}

function eachReplica(
  replicas: readonly ReplicaSignals[],
  measure: (replica: ReplicaSignals) => Outcome,
): readonly Measurement[] {
  return replicas.map((replica) => ({ replica: replica.name, reason: replica.reason, ...measure(replica) }));
}

function ofFleet(outcome: Outcome): readonly Measurement[] {
  return [{ replica: null, reason: null, ...outcome }];
}

const whether = (holds: boolean): Outcome => ({ value: holds ? 1 : 0, holds });

/** Measures a condition: one result for the fleet, or one for each replica. */
export function measure(condition: AlertCondition, now: FleetSignals, past: CounterPast): readonly Measurement[] {
  const { replicas } = now;
  switch (condition.kind) {
    case 'replica-down':
      return eachReplica(replicas, (replica) => whether(isDown(replica)));
    case 'crash-looping':
      return eachReplica(replicas, ({ status }) => whether(status === 'crash-looping'));
    case 'slow-recovery':
      return eachReplica(replicas, ({ recoveryMs }) => over(recoveryMs, condition.overMs));
    case 'too-few-serving':
      return ofFleet(atLeast(Math.max(0, now.desired - now.serving), condition.missing));
    case 'error-ratio':
      return condition.scope === 'fleet'
        ? ofFleet(over(errorRatio(past, condition, null), condition.overRatio))
        : eachReplica(replicas, ({ seat }) => over(errorRatio(past, condition, seat), condition.overRatio));
    case 'slow-answers':
      return condition.scope === 'fleet'
        ? ofFleet(over(now.p99Ms, condition.overMs))
        : eachReplica(replicas, ({ p99Ms }) => over(p99Ms, condition.overMs));
    case 'requests-lost':
      return ofFleet(atLeast(countedWithin(past, condition.windowMs, null).lost, condition.count));
    case 'runtime-away':
      return ofFleet(whether(!now.isRuntimeReachable));
  }
}
