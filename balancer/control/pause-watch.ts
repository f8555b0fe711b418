import type { Clock } from '../core/ports.ts';

const BEAT_MS = 100;
/** A beat this late means that the whole process stood still, not that somebody else was slow. */
const PAUSE_MS = 1_000;

/**
 * Knows whether the balancer itself stood still (SIGSTOP, a suspended laptop, a starved host). What then looks like
 * silence of the replicas is its own, and nobody may be ejected for it.
 */
export class PauseWatch {
  readonly #clock: Clock;
  readonly #onPause: (ms: number) => void;
  #lastBeat: number;
  #resumedAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, onPause: (ms: number) => void) {
    this.#clock = clock;
    this.#onPause = onPause;
    this.#lastBeat = clock.now();
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(BEAT_MS, signal).catch(() => undefined);
      this.#beat();
    }
  }

  /** True when the process stood still at some moment after `startedAt` (monotonic ms). */
  stoodStillSince(startedAt: number): boolean {
    // Timers that ended during the pause fire before the beat does: look at the clock, not only at the last beat.
    if (this.#clock.now() - this.#lastBeat > PAUSE_MS) this.#beat();
    return startedAt < this.#resumedAt;
  }

  #beat(): void {
    const now = this.#clock.now();
    const late = now - this.#lastBeat - BEAT_MS;
    this.#lastBeat = now;
    if (late < PAUSE_MS) return;
    this.#resumedAt = now;
    this.#onPause(late);
  }
}
