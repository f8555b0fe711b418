/** Frames that cost the client nothing and us an answer: so many at once, and so many a second after that. */
const BURST = 500;
const PER_SECOND = 50;

/** Counts PING and SETTINGS frames of one connection (CVE-2019-9512, CVE-2019-9515). */
export class FrameBudget {
  #left = BURST;
  #filledAt: number;

  /** `nowMs`: any monotonic clock. */
  constructor(nowMs: number) {
    this.#filledAt = nowMs;
  }

  /** False: that was one too many. */
  take(nowMs: number): boolean {
    this.#left = Math.min(BURST, this.#left + ((nowMs - this.#filledAt) * PER_SECOND) / 1000);
    this.#filledAt = nowMs;
    this.#left -= 1;
    return this.#left >= 0;
  }
}
