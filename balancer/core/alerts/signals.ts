import type { ReplicaStatus } from '../../../lib/api/state.ts';

/** Totals since the balancer started, of the fleet or of one replica. */
export interface TrafficCount {
  readonly requests: number;
  readonly errors: number;
  readonly lost: number;
}

export interface ReplicaSignals {
  readonly name: string;
  readonly seat: number;
  readonly status: ReplicaStatus;
  /** Why it does not simply serve; null when it does. */
  readonly reason: string | null;
  readonly totals: TrafficCount;
  /** Over the last 10 s, ms; null without requests. */
  readonly p99Ms: number | null;
  /** How long the failure lasts that it has not recovered from, or lasted that ended just now; null without one. */
  readonly recoveryMs: number | null;
}

/** Everything that rules are measured by, read once a second. */
export interface FleetSignals {
  /** False while what ran before is still being taken up: replicas that are not there yet are not down. */
  readonly isSettled: boolean;
  readonly desired: number;
  readonly serving: number;
  readonly isRuntimeReachable: boolean;
  readonly totals: TrafficCount;
  readonly p99Ms: number | null;
  readonly replicas: readonly ReplicaSignals[];
}
