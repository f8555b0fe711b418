import { type ReplicaSample, SAMPLE_STEPS, SAMPLES_A_PAGE, type Sample } from '../../lib/api/samples.ts';
import type { ReplicaView, State } from '../../lib/api/state.ts';

/** What is read once a second: rates of now, totals since the start. */
export interface Reading {
  readonly totals: State['totals'];
  readonly replicas: readonly ReplicaView[];
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

/** Finer samples as one coarser: means of rates, the worst latency and memory, the last state. `samples` is not empty. */
export function rollUp(at: number, samples: readonly Sample[]): Sample {
  const last = samples.at(-1);
  return {
    at,
    serving: Math.min(...samples.map(({ serving }) => serving)),
    requestsPerSecond: mean(samples.map((one) => one.requestsPerSecond)),
    errorsPerSecond: mean(samples.map((one) => one.errorsPerSecond)),
    retriesPerSecond: mean(samples.map((one) => one.retriesPerSecond)),
    lostPerSecond: mean(samples.map((one) => one.lostPerSecond)),
    inFlight: mean(samples.map((one) => one.inFlight)),
    p50Ms: worst(samples.map((one) => one.p50Ms)),
    p99Ms: worst(samples.map((one) => one.p99Ms)),
    replicas: (last?.replicas ?? []).map((replica) => rollUpReplica(replica, samples)),
  };
}

function rollUpReplica(last: ReplicaSample, samples: readonly Sample[]): ReplicaSample {
  const own = samples.flatMap(({ replicas }) => replicas.find(({ seat }) => seat === last.seat) ?? []);
  const cpu = own.flatMap(({ cpuPercent }) => cpuPercent ?? []);
  return {
    ...last,
    requestsPerSecond: mean(own.map((one) => one.requestsPerSecond)),
    errorsPerSecond: mean(own.map((one) => one.errorsPerSecond)),
    inFlight: mean(own.map((one) => one.inFlight)),
    p50Ms: worst(own.map((one) => one.p50Ms)),
    p99Ms: worst(own.map((one) => one.p99Ms)),
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

/** The finest step that still reaches back to `from` and fits a page, and how many of its samples make a stride. */
export function resolutionOf(
  from: number,
  to: number,
  now: number,
): { readonly stepMs: number; readonly every: number } {
  const reaching = SAMPLE_STEPS.filter(({ keptMs }) => now - from <= keptMs);
  const fitting = reaching.find(({ stepMs }) => (to - from) / stepMs <= SAMPLES_A_PAGE);
  const { stepMs } = fitting ?? reaching.at(-1) ?? SAMPLE_STEPS[SAMPLE_STEPS.length - 1] ?? { stepMs: 60_000 };
  return { stepMs, every: Math.max(1, Math.ceil((to - from) / stepMs / SAMPLES_A_PAGE)) };
}
