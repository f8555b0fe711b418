import { SAMPLE_STEPS, type Sample } from '../../lib/api/samples.ts';
import { addLatency, type LatencyCounts, NO_LATENCY } from '../core/latency-sum.ts';
import { type Reading, rollUp, sampleBetween } from '../core/sample.ts';
import type { Store } from '../core/store.ts';

/** A coarser step while it lasts. */
interface Gathering {
  readonly stepMs: number;
  /** The step it is made of. */
  readonly finerMs: number;
  /** Wall time of its beginning, ms; null before the first sample. */
  at: number | null;
  latency: LatencyCounts;
}

/**
 * Writes the past down once a second, and each coarser step when it is over, from the finer ones that were kept: so a
 * step in which the balancer was started anew is told whole. One that is cut short by a stop is told from what there is.
 */
export class SampleRecorder {
  readonly #store: Store;
  readonly #levels: readonly Gathering[];
  #before: Reading | null = null;
  /** Wall time from which latencies were counted here, ms. */
  #countedFrom: number | null = null;

  constructor(store: Store) {
    this.#store = store;
    this.#levels = SAMPLE_STEPS.slice(1).map(({ stepMs }, i) => {
      return { stepMs, finerMs: SAMPLE_STEPS[i]?.stepMs ?? stepMs, at: null, latency: NO_LATENCY };
    });
  }

  /** `wallTime` in ms; called once a second. */
  record(wallTime: number, now: Reading): void {
    const { stepMs } = SAMPLE_STEPS[0];
    const at = Math.floor(wallTime / stepMs) * stepMs;
    if (this.#countedFrom === null) this.#begin(at);
    this.#store.appendSample(stepMs, sampleBetween(at, this.#before, now));
    this.#before = now;
    for (const [level, gathering] of this.#levels.entries()) {
      if (gathering.at !== null && gathering.at + gathering.stepMs <= at) this.#finish(level);
    }
    this.#gather(0, at, now.latency);
  }

  /** Writes what there is of steps that are not over. */
  close(): void {
    for (const level of this.#levels.keys()) this.#finish(level);
  }

  /** Tells the steps that a balancer which was killed left untold: at most the last one of each size. */
  #begin(now: number): void {
    this.#countedFrom = now;
    for (const { stepMs, finerMs } of this.#levels) {
      const newest = this.#store.lastSampleAt(finerMs);
      if (newest === null) continue;
      const at = Math.floor(newest / stepMs) * stepMs;
      const isTold = (this.#store.lastSampleAt(stepMs) ?? 0) >= at;
      if (!isTold && at + stepMs <= now) this.#tell(at, stepMs, finerMs, NO_LATENCY);
    }
  }

  #gather(level: number, at: number, latency: LatencyCounts): void {
    const gathering = this.#levels[level];
    if (gathering === undefined) return;
    const start = Math.floor(at / gathering.stepMs) * gathering.stepMs;
    if (gathering.at !== start) {
      this.#finish(level);
      gathering.at = start;
    }
    gathering.latency = addLatency(gathering.latency, latency);
  }

  #finish(level: number): void {
    const gathering = this.#levels[level];
    if (gathering === undefined || gathering.at === null) return;
    const { at, stepMs, finerMs, latency } = gathering;
    gathering.latency = NO_LATENCY;
    gathering.at = null;
    if (this.#tell(at, stepMs, finerMs, latency) !== null) this.#gather(level + 1, at, latency);
  }

  #tell(at: number, stepMs: number, finerMs: number, latency: LatencyCounts): Sample | null {
    const parts = this.#store.samples({ stepMs: finerMs, from: at, to: at + stepMs });
    if (parts.length === 0) return null;
    const sample = rollUp(at, parts, latency, this.#countedFrom ?? at);
    this.#store.appendSample(stepMs, sample);
    return sample;
  }
}
