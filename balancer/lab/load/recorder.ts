import type { LatencySummary, LoadFrame, LoadSummary } from '../../../lib/lab/load.ts';
import { bucketOf, bucketUpperUs, HISTOGRAM_BUCKETS, quantileMs } from '../../core/histogram.ts';
import { fewer, MAX_FRAMES, Stretch } from './frames.ts';
import { correctForOmission } from './omission.ts';

/** How a request ended. Times in ms on one monotonic clock. */
export type Outcome =
  | { readonly kind: 'answered'; readonly status: number; readonly replica: string }
  | { readonly kind: 'unanswered'; readonly reason: string };

/** When a request should have started, was sent, and ended; ms on one monotonic clock. */
export interface RequestTimes {
  readonly dueMs: number;
  readonly sentMs: number;
  readonly endMs: number;
}

const MAX_PROBLEMS = 10;

/** Counts what a load does. */
export class Recorder {
  readonly #service = new Float64Array(HISTOGRAM_BUCKETS);
  readonly #response = new Float64Array(HISTOGRAM_BUCKETS);
  readonly #status = new Map<string, number>();
  readonly #replicas = new Map<string, number>();
  readonly #problems = new Map<string, number>();
  #stretches: Stretch[] = [];
  #current = new Stretch();
  #serviceSumMs = 0;
  #responseSumMs = 0;
  #answered = 0;
  requests = 0;
  failed = 0;
  #unanswered = 0;

  record(outcome: Outcome, { dueMs, sentMs, endMs }: RequestTimes): void {
    this.requests++;
    if (outcome.kind === 'unanswered') {
      this.failed++;
      this.#unanswered++;
      this.#current.count('', true, null);
      increment(this.#problems, outcome.reason);
      return;
    }
    const failed = outcome.status >= 500;
    if (failed) this.failed++;
    increment(this.#status, String(outcome.status));
    increment(this.#replicas, outcome.replica);
    const responseUs = microseconds(endMs - dueMs);
    this.#answered++;
    this.#serviceSumMs += endMs - sentMs;
    this.#responseSumMs += endMs - dueMs;
    add(this.#service, microseconds(endMs - sentMs));
    add(this.#response, responseUs);
    this.#current.count(outcome.replica, failed, responseUs);
  }

  /** Ends the present stretch; a stretch without requests is one too, for it says that nothing came. */
  cut(atMs: number): LoadFrame {
    this.#current.endMs = atMs;
    const frame = this.#current.view();
    this.#stretches.push(this.#current);
    if (this.#stretches.length >= 2 * MAX_FRAMES) this.#stretches = fewer(this.#stretches);
    this.#current = new Stretch();
    return frame;
  }

  /** `thinkMs`: of a closed loop, whose latency is corrected here; null where requests had times of their own. */
  summary(
    how: Pick<LoadSummary, 'startedAt' | 'durationMs' | 'stoppedBy' | 'generatorBusy'>,
    thinkMs: number | null,
  ): LoadSummary {
    return {
      ...how,
      requests: this.requests,
      perSecond: how.durationMs > 0 ? (this.requests * 1000) / how.durationMs : 0,
      byStatus: Object.fromEntries(this.#status),
      unanswered: this.#unanswered,
      failed: this.failed,
      replicas: [...this.#replicas].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })),
      latency: thinkMs === null ? this.#scheduledLatency() : this.#correctedLatency(thinkMs),
      serviceTime: summarise(this.#service, this.#serviceSumMs / this.#answered),
      problems: mostFirst(this.#problems)
        .slice(0, MAX_PROBLEMS)
        .map(([message, count]) => ({ message, count })),
      frames: fewer(this.#stretches).map((stretch) => stretch.view()),
    };
  }

  #scheduledLatency(): LatencySummary | null {
    return summarise(this.#response, this.#responseSumMs / this.#answered);
  }

  /** A client of a closed loop would have sent once in the usual answer time and its pause. */
  #correctedLatency(thinkMs: number): LatencySummary | null {
    const usualMs = (quantileMs(this.#service, 0.5) ?? 0) + thinkMs;
    const corrected = correctForOmission(this.#service, Math.max(1, Math.round(usualMs * 1000)), bucketOf);
    return summarise(corrected, null);
  }
}

/** `meanMs` null: from the buckets. Null when nothing was counted. */
function summarise(counts: Float64Array, meanMs: number | null): LatencySummary | null {
  const at = (ratio: number): number => round(quantileMs(counts, ratio) ?? 0);
  if (quantileMs(counts, 1) === null) return null;
  return {
    meanMs: round(meanMs ?? meanOf(counts)),
    p50Ms: at(0.5),
    p90Ms: at(0.9),
    p99Ms: at(0.99),
    p999Ms: at(0.999),
    maxMs: at(1),
  };
}

function meanOf(counts: Float64Array): number {
  let sumUs = 0;
  let total = 0;
  for (const [bucket, count] of counts.entries()) {
    total += count;
    sumUs += count * bucketUpperUs(bucket);
  }
  return total === 0 ? 0 : sumUs / total / 1000;
}

function add(counts: Float64Array, us: number): void {
  const bucket = bucketOf(us);
  counts[bucket] = (counts[bucket] ?? 0) + 1;
}

function microseconds(ms: number): number {
  return Math.max(0, Math.round(ms * 1000));
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mostFirst(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort((a, b) => b[1] - a[1]);
}
