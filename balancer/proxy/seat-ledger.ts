import type { BoardReader, SeatField } from '../core/board.ts';
import type { SeatTotals, TrafficTotals } from '../core/traffic.ts';

interface Baseline {
  readonly fields: Record<SeatField, number>;
  readonly latency: Float64Array;
}

/**
 * Sums the workers' counters. Workers own their counters and never see them change, so resetting a seat means to
 * remember where it stood.
 */
export class SeatLedger {
  readonly #reader: BoardReader;
  readonly #baselines = new Map<number, Baseline>();

  constructor(reader: BoardReader) {
    this.#reader = reader;
  }

  reset(seat: number): void {
    this.#baselines.set(seat, { fields: this.#reader.seat(seat), latency: this.#reader.latency(seat) });
  }

  #seatTotals(seat: number): SeatTotals {
    const now = this.#reader.seat(seat);
    const base = this.#baselines.get(seat)?.fields;
    const since = (field: SeatField) => now[field] - (base?.[field] ?? 0);
    return {
      seat,
      requests: since('requests'),
      byClass: [since('class1'), since('class2'), since('class3'), since('class4'), since('class5')],
      failed: since('failed'),
      retries: since('retries'),
      inFlight: now.inFlight,
      bytesIn: since('bytesIn'),
      bytesOut: since('bytesOut'),
    };
  }

  totals(seats: readonly number[]): TrafficTotals {
    return {
      seats: seats.map((seat) => this.#seatTotals(seat)),
      slots: this.#reader.slots(),
      requests: this.#reader.total('requests'),
      retried: this.#reader.total('retried'),
      lost: this.#reader.total('lost'),
      spilled: this.#reader.total('spilled'),
      clientConnections: this.#reader.total('connections'),
    };
  }

  latency(seat: number): Float64Array {
    const base = this.#baselines.get(seat)?.latency;
    const now = this.#reader.latency(seat);
    return base === undefined ? now : now.map((count, i) => count - (base[i] ?? 0));
  }
}
