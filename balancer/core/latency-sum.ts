import { HISTOGRAM_BUCKETS, quantileMs } from './histogram.ts';

/** Counted latencies of a stretch of time, buckets as in `histogram.ts`: of the fleet, and by seat. */
export interface LatencyCounts {
  readonly fleet: Float64Array;
  readonly seats: ReadonlyMap<number, Float64Array>;
}

export const NO_LATENCY: LatencyCounts = { fleet: new Float64Array(HISTOGRAM_BUCKETS), seats: new Map() };

function sum(a: Float64Array | undefined, b: Float64Array): Float64Array {
  return a === undefined ? b.slice() : a.map((count, bucket) => count + (b[bucket] ?? 0));
}

/** Two stretches as one: percentiles cannot be averaged, but what they are read from can be added. */
export function addLatency(a: LatencyCounts, b: LatencyCounts): LatencyCounts {
  const seats = new Map(a.seats);
  for (const [seat, counts] of b.seats) seats.set(seat, sum(seats.get(seat), counts));
  return { fleet: sum(a.fleet, b.fleet), seats };
}

/** p50 and p99 of counted latencies; null when nothing was counted. */
export function percentilesOf(counts: Float64Array | undefined): {
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
} {
  if (counts === undefined) return { p50Ms: null, p99Ms: null };
  return { p50Ms: quantileMs(counts, 0.5), p99Ms: quantileMs(counts, 0.99) };
}
