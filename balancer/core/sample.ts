import { type ReplicaSample, SAMPLE_STEPS, SAMPLES_A_PAGE, type Sample } from '../../lib/api/samples.ts';
import type { ReplicaView, State } from '../../lib/api/state.ts';
import { type LatencyCounts, percentilesOf } from './latency-sum.ts';

/** What is read once a second: rates of now, totals since the start. */
export interface Reading {
  readonly totals: State['totals'];
  readonly replicas: readonly ReplicaView[];
  /** What was counted within the second. */
  readonly latency: LatencyCounts;
}

/** A sample of the second between two readings. A total that began anew counts from nought. */
export function sampleBetween(at: number, before: Reading | null, now: Reading): Sample {
  const errors = new Map(before?.replicas.map(({ seat, traffic }) => [seat, traffic.errors]));
  return {
    at,
    serving: now.totals.serving,
    requestsPerSecond: now.totals.requestsPerSecond,
    errorsPerSecond: grown(before?.totals.errors, now.totals.errors),
    retriesPerSecond: grown(before?.totals.retries, now.totals.retries),
    lostPerSecond: grown(before?.totals.lost, now.totals.lost),
    inFlight: now.totals.inFlight,
    p50Ms: now.totals.p50Ms,
    p99Ms: now.totals.p99Ms,
    replicas: now.replicas.map(({ name, seat, status, traffic, resources }) => ({
      name,
      seat,
      status,
      requestsPerSecond: traffic.requestsPerSecond,
      errorsPerSecond: grown(errors.get(seat), traffic.errors),
      inFlight: traffic.inFlight,
      p50Ms: traffic.p50Ms,
      p99Ms: traffic.p99Ms,
      cpuPercent: resources?.cpuPercent ?? null,
      memoryBytes: resources?.memoryBytes ?? null,
    })),
  };
}

function grown(before: number | undefined, now: number): number {
  return before === undefined ? 0 : Math.max(0, now - before);
}

/** Percentiles of what was counted, and the worst of what is known only by its percentiles. */
function latencyOver(
  counts: Float64Array | undefined,
  uncounted: readonly Pick<Sample, 'p50Ms' | 'p99Ms'>[],
): Pick<Sample, 'p50Ms' | 'p99Ms'> {
  const { p50Ms, p99Ms } = percentilesOf(counts);
  return {
    p50Ms: worst([p50Ms, ...uncounted.map((one) => one.p50Ms)]),
    p99Ms: worst([p99Ms, ...uncounted.map((one) => one.p99Ms)]),
  };
}

/**
 * Finer samples as one coarser: means of rates, the worst memory, the last state, percentiles of all that `latency`
 * counted. Samples from before `countedFrom` are of an earlier start, whose counts are gone. `samples` is not empty.
 */
export function rollUp(
  at: number,
  samples: readonly Sample[],
  latency: LatencyCounts,
  countedFrom = Number.NEGATIVE_INFINITY,
): Sample {
  const last = samples.at(-1);
  const uncounted = samples.filter((sample) => sample.at < countedFrom);
  return {
    at,
    serving: Math.min(...samples.map(({ serving }) => serving)),
    requestsPerSecond: mean(samples.map((one) => one.requestsPerSecond)),
    errorsPerSecond: mean(samples.map((one) => one.errorsPerSecond)),
    retriesPerSecond: mean(samples.map((one) => one.retriesPerSecond)),
    lostPerSecond: mean(samples.map((one) => one.lostPerSecond)),
    inFlight: mean(samples.map((one) => one.inFlight)),
    ...latencyOver(latency.fleet, uncounted),
    replicas: (last?.replicas ?? []).map((replica) => ({
      ...rollUpReplica(replica, samples),
      ...latencyOver(latency.seats.get(replica.seat), ownOf(replica, uncounted)),
    })),
  };
}

function ownOf({ seat }: ReplicaSample, samples: readonly Sample[]): readonly ReplicaSample[] {
  return samples.flatMap(({ replicas }) => replicas.find((replica) => replica.seat === seat) ?? []);
}

function rollUpReplica(last: ReplicaSample, samples: readonly Sample[]): ReplicaSample {
  const own = ownOf(last, samples);
  const cpu = own.flatMap(({ cpuPercent }) => cpuPercent ?? []);
  return {
    ...last,
    requestsPerSecond: mean(own.map((one) => one.requestsPerSecond)),
    errorsPerSecond: mean(own.map((one) => one.errorsPerSecond)),
    inFlight: mean(own.map((one) => one.inFlight)),
    cpuPercent: cpu.length === 0 ? null : mean(cpu),
    memoryBytes: worst(own.map((one) => one.memoryBytes)),
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function worst(values: readonly (number | null)[]): number | null {
  const known = values.flatMap((value) => value ?? []);
  return known.length === 0 ? null : Math.max(...known);
}

/** The finest step that still reaches back to `from` and fits a page. */
export function resolutionOf(from: number, to: number, now: number): number {
  const reaching = SAMPLE_STEPS.filter(({ keptMs }) => now - from <= keptMs);
  const fitting = reaching.find(({ stepMs }) => (to - from) / stepMs <= SAMPLES_A_PAGE);
  return (fitting ?? SAMPLE_STEPS[SAMPLE_STEPS.length - 1] ?? SAMPLE_STEPS[0]).stepMs;
}
