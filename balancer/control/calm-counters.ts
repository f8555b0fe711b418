import type { Counters } from '../core/incident.ts';
import type { TrafficTotals } from '../core/traffic.ts';

interface Calm {
  /** Attempts that had failed on the seat by then. */
  readonly failed: number;
  readonly counters: Counters;
}

/**
 * Remembers the counters as they were before a seat began to fail requests. Workers retry at once, so by the time that
 * anybody is told of a failure most of its retries are done.
 */
export class CalmCounters {
  readonly #totals: () => TrafficTotals;
  #calm: ReadonlyMap<number, Calm> = new Map();
  #failed: ReadonlyMap<number, number> = new Map();

  constructor(totals: () => TrafficTotals) {
    this.#totals = totals;
  }

  /** To be called several times a second. */
  look(totals: TrafficTotals): void {
    const { requests, retried, lost, seats } = totals;
    const counters = { requests, retried, lost };
    this.#calm = new Map(
      seats.map(({ seat, failed }) => {
        const calm = this.#calm.get(seat);
        const failsNow = calm !== undefined && failed !== this.#failed.get(seat);
        return [seat, failsNow ? calm : { failed, counters }] as const;
      }),
    );
    this.#failed = new Map(seats.map(({ seat, failed }) => [seat, failed]));
  }

  /** The counters of now, where the seat has failed no request since it was looked at. */
  before(seat: number): Counters {
    const totals = this.#totals();
    const calm = this.#calm.get(seat);
    const failed = totals.seats.find((other) => other.seat === seat)?.failed ?? 0;
    return calm === undefined || calm.failed === failed ? totals : calm.counters;
  }
}
