import type { Clock } from '../core/ports.ts';

interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Lets everything run that is ready to run, without any time passing. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Time that moves only when told to. */
export class FakeClock implements Clock {
  #now = 1_000;
  #wall = 1_700_000_000_000;
  #order = 0;
  #sleepers: Sleeper[] = [];

  now(): number {
    return this.#now;
  }

  wallTime(): number {
    return this.#wall;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (signal.aborted) return Promise.reject(signal.reason);
    const abort = (): void => {
      this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
      reject(signal.reason);
    };
    const wake = (): void => {
      signal.removeEventListener('abort', abort);
      resolve();
    };
    const sleeper = { at: this.#now + Math.max(0, ms), order: this.#order++, wake };
    this.#sleepers.push(sleeper);
    signal.addEventListener('abort', abort, { once: true });
    return promise;
  }

  /** Passes `ms`, waking sleepers one by one in their order. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#move(next.at - this.#now);
      this.#sleepers = this.#sleepers.filter((other) => other !== next);
      next.wake();
      await settle();
    }
    this.#move(end - this.#now);
    await settle();
  }

  /** The process stands still: time passes, and whoever should have woken wakes late, all at once. */
  async freeze(ms: number): Promise<void> {
    this.#move(ms);
    const due = this.#sleepers.filter(({ at }) => at <= this.#now).sort((a, b) => a.at - b.at || a.order - b.order);
    this.#sleepers = this.#sleepers.filter(({ at }) => at > this.#now);
    for (const { wake } of due) wake();
    await settle();
  }

  /** The wall clock alone jumps. */
  jumpWall(ms: number): void {
    this.#wall += ms;
  }

  #move(ms: number): void {
    this.#now += ms;
    this.#wall += ms;
  }

  #next(end: number): Sleeper | undefined {
    return this.#sleepers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }
}
