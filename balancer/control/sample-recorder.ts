import { SAMPLE_STEPS, type Sample } from '../../lib/api/samples.ts';
import { type Reading, rollUp, sampleBetween } from '../core/sample.ts';
import type { Store } from '../core/store.ts';

/** One step of the past while it is being gathered. */
interface Gathering {
  readonly stepMs: number;
  at: number;
  parts: Sample[];
}

/**
 * Writes the past down once a second, and each coarser step when it is over. A step that was cut short (the balancer
 * was stopped) is told from what there is of it.
 */
export class SampleRecorder {
  readonly #store: Store;
  readonly #coarser: readonly Gathering[] = SAMPLE_STEPS.slice(1).map(({ stepMs }) => ({ stepMs, at: 0, parts: [] }));
  #before: Reading | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  /** `wallTime` in ms; called once a second. */
  record(wallTime: number, now: Reading): void {
    const { stepMs } = SAMPLE_STEPS[0];
    const sample = sampleBetween(Math.floor(wallTime / stepMs) * stepMs, this.#before, now);
    this.#before = now;
    this.#store.appendSample(stepMs, sample);
    this.#gather(0, sample);
  }

  /** Writes what is gathered of steps that are not over. */
  close(): void {
    for (const level of this.#coarser.keys()) this.#finish(level);
  }

  #gather(level: number, sample: Sample): void {
    const gathering = this.#coarser[level];
    if (gathering === undefined) return;
    const at = Math.floor(sample.at / gathering.stepMs) * gathering.stepMs;
    if (at !== gathering.at) {
      this.#finish(level);
      gathering.at = at;
    }
    gathering.parts.push(sample);
  }

  #finish(level: number): void {
    const gathering = this.#coarser[level];
    if (gathering === undefined || gathering.parts.length === 0) return;
    const sample = rollUp(gathering.at, gathering.parts);
    gathering.parts = [];
    this.#store.appendSample(gathering.stepMs, sample);
    this.#gather(level + 1, sample);
  }
}
