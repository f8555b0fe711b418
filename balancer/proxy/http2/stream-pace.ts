import { Deadline, type DeadlineWheel } from '../deadlines.ts';

const WINDOW_MS = 5000;

export interface PacedStream {
  /** Do we wait for the client, to send or to take something? */
  readonly isWaitingForClient: boolean;
  /** Bytes of bodies, both ways. */
  readonly movedBytes: number;
}

export interface PaceLimits {
  /** 0: any pace will do. */
  readonly minBytesPerSecond: number;
  /** Without any byte for so long, ms. 0: no limit. */
  readonly idleTimeoutMs: number;
}

/** Finds streams that do nothing but hold resources: the same limits as `ClientPace`, for one of many on a connection. */
export class StreamPace {
  readonly #stream: PacedStream;
  readonly #limits: PaceLimits;
  readonly #deadlines: DeadlineWheel;
  readonly #deadline: Deadline;
  readonly #windowMs: number;
  #isWaiting = false;
  #movedBefore = 0;
  #idleMs = 0;

  constructor(stream: PacedStream, limits: PaceLimits, deadlines: DeadlineWheel, onTooSlow: () => void) {
    this.#stream = stream;
    this.#limits = limits;
    this.#deadlines = deadlines;
    this.#windowMs = limits.idleTimeoutMs > 0 ? Math.min(WINDOW_MS, limits.idleTimeoutMs) : WINDOW_MS;
    this.#deadline = new Deadline(() => {
      // What is done about it may be held up by the client as well.
      if (this.#isTooSlow()) onTooSlow();
      this.#watch();
    });
    this.#watch();
  }

  #isTooSlow(): boolean {
    const moved = this.#stream.movedBytes - this.#movedBefore;
    this.#movedBefore = this.#stream.movedBytes;
    // A write that waits for the next turn of the loop is nobody's fault: it has to wait at both ends of the window.
    const wasWaiting = this.#isWaiting;
    this.#isWaiting = this.#stream.isWaitingForClient;
    if (!this.#isWaiting || !wasWaiting) {
      this.#idleMs = 0;
      return false;
    }
    this.#idleMs = moved > 0 ? 0 : this.#idleMs + this.#windowMs;
    const { minBytesPerSecond, idleTimeoutMs } = this.#limits;
    const isIdle = idleTimeoutMs > 0 && this.#idleMs >= idleTimeoutMs;
    return isIdle || moved < (minBytesPerSecond * this.#windowMs) / 1000;
  }

  #watch(): void {
    this.#deadlines.arm(this.#deadline, this.#windowMs);
  }

  end(): void {
    this.#deadlines.disarm(this.#deadline);
  }
}
