import {
  eject,
  isOutlier,
  NO_RECORD,
  type OutlierPolicy,
  type OutlierRecord,
  observeAnswers,
} from '../core/outlier.ts';
import type { Clock } from '../core/ports.ts';
import { isAvailable } from '../core/seat-state.ts';
import type { SeatTotals } from '../core/traffic.ts';
import type { Fleet } from './fleet.ts';

/** Ejects replicas whose probes pass but whose answers fail, and never the last one. */
export class OutlierWatch {
  readonly #fleet: Fleet;
  readonly #clock: Clock;
  readonly #policy: OutlierPolicy;
  readonly #records = new Map<string, OutlierRecord>();

  constructor(fleet: Fleet, clock: Clock, policy: OutlierPolicy) {
    this.#fleet = fleet;
    this.#clock = clock;
    this.#policy = policy;
  }

  look(totals: readonly SeatTotals[]): void {
    const bySeat = new Map(totals.map((seat) => [seat.seat, seat]));
    const seen = new Set<string>();
    for (const seat of this.#fleet.seats()) {
      const figures = bySeat.get(seat.seat);
      if (figures === undefined || seat.instance === null) continue;
      seen.add(seat.instance.id);
      this.#judge(seat, seat.instance.id, figures);
    }
    for (const id of this.#records.keys()) if (!seen.has(id)) this.#records.delete(id);
  }

  #judge(seat: ReturnType<Fleet['seats']>[number], id: string, totals: SeatTotals): void {
    const answers = totals.requests + totals.failed;
    const errors = totals.byClass[4] + totals.failed;
    // A new instance begins with its predecessor's figures as its base, not as its fault.
    const before = this.#records.get(id) ?? { ...NO_RECORD, answers, errors };
    const record = observeAnswers(before, answers, errors);
    this.#records.set(id, record);
    if (!isOutlier(record, this.#policy) || !isAvailable(seat.state)) return;
    if (!this.#fleet.canSpare(seat.seat)) return;
    const ejection = eject(record, this.#clock.now(), this.#policy);
    this.#records.set(id, ejection.record);
    seat.eject(ejection.ms, `${record.consecutive} failing answers in a row, out for ${ejection.ms / 1000} s`);
  }
}
