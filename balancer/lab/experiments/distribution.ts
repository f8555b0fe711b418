import type { State } from '../../../lib/api/state.ts';
import type { KeyPattern } from '../../../lib/lab/key-pattern.ts';
import { type KeyPlace, type LoadSpec, type LoadSummary, loadSpec } from '../../../lib/lab/load.ts';
import type { Distribution } from '../../../lib/lab/run.ts';
import { simulateCounts } from '../simulation-thread.ts';

/** What a load says about the replicas that are there, those without a request included. */
export function measuredDistribution(names: readonly string[], load: LoadSummary): Distribution {
  const counts = new Map(load.replicas);
  return {
    n: names.length,
    replicas: names.map((name) => [name, counts.get(name) ?? 0]),
    perSecond: load.perSecond,
    failed: load.failed,
    p50Ms: load.serviceTime?.p50Ms ?? null,
    p99Ms: load.serviceTime?.p99Ms ?? null,
    durationMs: load.durationMs,
  };
}

/** The same requests without servers, on the very ring that the balancer has. */
export async function simulatedDistribution(
  state: State,
  { keys, requests, seed }: { readonly keys: KeyPattern; readonly requests: number; readonly seed: number },
  signal: AbortSignal,
): Promise<Distribution> {
  const task = { kind: 'counts' as const, ring: state.ring, keys: seenKeys(state, keys), requests, seed };
  const counts = await simulateCounts(task, signal);
  return {
    n: counts.length,
    replicas: state.ring.members.map(({ name }, at) => [name, counts[at] ?? 0]),
    perSecond: null,
    failed: 0,
    p50Ms: null,
    p99Ms: null,
    durationMs: null,
  };
}

/** The keys as the balancer sees them: none where it looks at none, and none that a load cannot set. */
function seenKeys({ balancer }: State, keys: KeyPattern): KeyPattern {
  return keyPlaceOf(balancer.key) === null ? { kind: 'none' } : keys;
}

/** Where a request has to carry its key for this `--key`; null where it takes none from a request's text. */
export function keyPlaceOf(key: string): KeyPlace | null {
  if (key === 'path') return { kind: 'path' };
  const [kind, name] = key.split(':');
  if (name === undefined || name === '') return null;
  if (kind === 'header') return { kind: 'header', name };
  return kind === 'query' ? { kind: 'query', name } : null;
}

export interface SpreadLoad {
  readonly requests: number;
  readonly clients: number;
  readonly keys: KeyPattern;
  readonly path: string;
  readonly seed: number;
}

/** So many requests, as fast as the clients get them answered. */
export function spreadSpec(key: string, { requests, clients, keys, path, seed }: SpreadLoad): LoadSpec {
  const keyPlace = keyPlaceOf(key) ?? undefined;
  return loadSpec.parse({
    path,
    requests,
    seed,
    keys,
    ...(keyPlace ? { keyPlace } : {}),
    pace: { kind: 'concurrency', clients },
  });
}
