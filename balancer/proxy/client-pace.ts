import { Deadline, type DeadlineWheel } from './deadlines.ts';
import type { Wire } from './wire.ts';

const WINDOW_MS = 5000;

/**
 * Finds clients that send or take so little that they do nothing but hold a connection. Looked at only while we wait
 * for the client: a slow replica is not the client's fault.
 */
export class ClientPace {
  readonly #wire: Wire;
  readonly #deadlines: DeadlineWheel;
  readonly #minBytesPerSecond: number;
  readonly #deadline: Deadline;
  #movedBefore = 0;

  /** `isWaiting`: do we wait for the client now? `minBytesPerSecond` 0: any pace will do. */
  constructor(
    wire: Wire,
    deadlines: DeadlineWheel,
    minBytesPerSecond: number,
    isWaiting: () => boolean,
    onTooSlow: () => void,
  ) {
    this.#wire = wire;
    this.#deadlines = deadlines;
    this.#minBytesPerSecond = minBytesPerSecond;
    this.#deadline = new Deadline(() => {
      const moved = this.#wire.movedBytes - this.#movedBefore;
      if (!isWaiting()) return;
      if (moved < (this.#minBytesPerSecond * WINDOW_MS) / 1000) onTooSlow();
      else this.#watch();
    });
  }

  /** Begins to look, if it is not looking yet. */
  begin(): void {
    if (this.#minBytesPerSecond > 0 && this.#deadline.dueTick === 0) this.#watch();
  }

  #watch(): void {
    this.#movedBefore = this.#wire.movedBytes;
    this.#deadlines.arm(this.#deadline, WINDOW_MS);
  }

  end(): void {
    this.#deadlines.disarm(this.#deadline);
  }
}
