import type { LifecycleEvent } from '#lib/api/events.ts';

const OF_THE_RING: ReadonlySet<LifecycleEvent['kind']> = new Set(['added', 'removed']);

/** Whom an event without a replica is about. */
export function fleetTarget(kind: LifecycleEvent['kind']): 'ring' | 'balancer' {
  return OF_THE_RING.has(kind) ? 'ring' : 'balancer';
}
