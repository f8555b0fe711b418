import type { LoadFrame } from '../../../lib/lab/load.ts';
import { bucketOf, bucketUpperUs, HISTOGRAM_BUCKETS, quantileMs } from '../../core/histogram.ts';

/** A stretch of a load while it is counted. */
export class Stretch {
  endMs = 0;
  requests = 0;
  failed = 0;
  readonly replicas = new Map<string, number>();
  readonly #latency = new Uint32Array(HISTOGRAM_BUCKETS);

  /** `latencyUs` is null for a request that got no answer. */
  count(replica: string, failed: boolean, latencyUs: number | null): void {
    this.requests++;
    if (failed) this.failed++;
    else this.replicas.set(replica, (this.replicas.get(replica) ?? 0) + 1);
    if (latencyUs === null) return;
    const bucket = bucketOf(latencyUs);
    this.#latency[bucket] = (this.#latency[bucket] ?? 0) + 1;
  }

  /** Takes in the stretch that follows. */
  extend(next: Stretch): void {
    this.endMs = next.endMs;
    this.requests += next.requests;
    this.failed += next.failed;
    for (const [name, count] of next.replicas) this.replicas.set(name, (this.replicas.get(name) ?? 0) + count);
    for (let bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++) {
      this.#latency[bucket] = (this.#latency[bucket] ?? 0) + (next.#latency[bucket] ?? 0);
    }
  }

  view(): LoadFrame {
    return {
      atMs: Math.round(this.endMs),
      requests: this.requests,
      failed: this.failed,
      replicas: [...this.replicas],
      p50Ms: quantileMs(this.#latency, 0.5),
      p99Ms: quantileMs(this.#latency, 0.99),
      latencies: sparse(this.#latency),
    };
  }
}

function sparse(counts: Uint32Array): [number, number][] {
  const pairs: [number, number][] = [];
  for (const [bucket, count] of counts.entries()) if (count > 0) pairs.push([bucketUpperUs(bucket) / 1000, count]);
  return pairs;
}

/** More are merged in pairs, so that a long load is kept in as little room as a short one. */
export const MAX_FRAMES = 240;

/** Merges neighbours until there are few enough. */
export function fewer(stretches: readonly Stretch[]): Stretch[] {
  if (stretches.length <= MAX_FRAMES) return [...stretches];
  const merged: Stretch[] = [];
  for (let i = 0; i < stretches.length; i += 2) {
    const [first, second] = [stretches[i], stretches[i + 1]];
    if (!first) break;
    if (second) first.extend(second);
    merged.push(first);
  }
  return fewer(merged);
}
