import type { ReplicaStatus, ReplicaView, RingView, State } from '#lib/api/state.ts';
import { emptyRing, place } from '#lib/ring/place.ts';

/** A replica as the balancer tells it; what a test is about goes into `change`. */
export function replicaOf(seat: number, change: Partial<ReplicaView> = {}): ReplicaView {
  return {
    name: `S${seat}`,
    seat,
    status: 'serving',
    reason: null,
    since: 0,
    available: true,
    slots: 0,
    restarts: 0,
    standby: 'none',
    instance: null,
    traffic: { requestsPerSecond: 0, inFlight: 0, p50Ms: null, p99Ms: null, requests: 0, errors: 0, retries: 0 },
    resources: null,
    ...change,
  };
}

export function awayReplica(seat: number, status: ReplicaStatus): ReplicaView {
  return replicaOf(seat, { status, available: false });
}

/** A real balanced ring of seats 1..count, everyone serving their own slots. */
export function ringOf(count: number): RingView {
  const members = Array.from({ length: count }, (_, index) => ({ name: `S${index + 1}`, seat: index + 1 }));
  const ring = place(emptyRing('balanced', 1), { kind: 'add', members });
  return {
    ...ring,
    members: [...ring.members],
    owner: [...ring.owner],
    virtualNodes: [...ring.virtualNodes],
    serving: [...ring.owner],
  };
}

export function stateOf(count: number, change: Partial<State> = {}): State {
  const ring = ringOf(count);
  return {
    sequence: 0,
    at: 1_000,
    balancer: {
      version: '1.0.0',
      bootId: 'boot',
      startedAt: 0,
      workers: 1,
      key: 'request',
      runtime: { kind: 'process', detail: 'processes', reachable: true },
    },
    desired: count,
    ring,
    replicas: ring.members.map(({ seat }) => replicaOf(seat, { slots: ring.owner.filter((o) => o === seat).length })),
    totals: {
      requestsPerSecond: 0,
      inFlight: 0,
      p50Ms: null,
      p99Ms: null,
      requests: 0,
      errors: 0,
      retries: 0,
      lost: 0,
      spilled: 0,
      serving: count,
    },
    incidents: [],
    alerts: [],
    ...change,
  };
}
