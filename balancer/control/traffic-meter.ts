import type { TrafficFrame } from '../../lib/api/events.ts';
import type { TrafficView } from '../../lib/api/state.ts';
import { HISTOGRAM_BUCKETS, quantileMs } from '../core/histogram.ts';
import { type LatencyCounts, NO_LATENCY } from '../core/latency-sum.ts';
import type { Clock } from '../core/ports.ts';
import type { SeatTotals, TrafficPlane, TrafficTotals } from '../core/traffic.ts';

/** Latency is shown over this many seconds. */
const WINDOW_S = 10;

type FleetTraffic = TrafficView & Pick<TrafficTotals, 'lost' | 'spilled'>;

const IDLE: TrafficView = {
  requestsPerSecond: 0,
  inFlight: 0,
  p50Ms: null,
  p99Ms: null,
  requests: 0,
  errors: 0,
  retries: 0,
};

interface SeatMeter {
  readonly histograms: Float64Array[];
  /** What the last second added. */
  second: Float64Array;
  requests: number;
  view: TrafficView;
}

interface FrameBase {
  readonly at: number;
  readonly totals: TrafficTotals;
}

function difference(now: Float64Array, before: Float64Array): Float64Array {
  return now.map((count, bucket) => Math.max(0, count - (before[bucket] ?? 0)));
}

function errorsOf(seat: SeatTotals): number {
  return seat.byClass[4];
}

/** Turns the traffic plane's cumulative counters into rates, percentiles and frames. */
export class TrafficMeter {
  readonly #plane: TrafficPlane;
  readonly #clock: Clock;
  readonly #seats = new Map<number, SeatMeter>();
  /** Of seats that were given up since. */
  #gone = { errors: 0, retries: 0 };
  #fleet: FleetTraffic = { ...IDLE, lost: 0, spilled: 0 };
  #lastSecondAt: number;
  #frameBase: FrameBase | null = null;

  constructor(plane: TrafficPlane, clock: Clock) {
    this.#plane = plane;
    this.#clock = clock;
    this.#lastSecondAt = clock.now();
  }

  of(seat: number): TrafficView {
    return this.#seats.get(seat)?.view ?? IDLE;
  }

  get fleet(): FleetTraffic {
    return this.#fleet;
  }

  /** What was counted within the last second. */
  get lastSecond(): LatencyCounts {
    const seats = new Map([...this.#seats].map(([seat, { second }]) => [seat, second]));
    const fleet = [...seats.values()].reduce(
      (all, one) => all.map((count, i) => count + (one[i] ?? 0)),
      NO_LATENCY.fleet,
    );
    return { fleet, seats };
  }

  /** The seat's next holder begins at zero. */
  forget(seat: number): void {
    const last = this.#plane.totals().seats.find((totals) => totals.seat === seat);
    if (last !== undefined) {
      this.#gone = { errors: this.#gone.errors + errorsOf(last), retries: this.#gone.retries + last.retries };
    }
    this.#seats.delete(seat);
    this.#frameBase = null;
    this.#plane.resetSeat(seat);
  }

  /** Once a second, for the seats in use. */
  second(seats: readonly number[]): void {
    const now = this.#clock.now();
    const seconds = Math.max(0.001, (now - this.#lastSecondAt) / 1000);
    this.#lastSecondAt = now;
    const totals = this.#plane.totals();
    const all = new Float64Array(HISTOGRAM_BUCKETS);
    for (const seat of totals.seats) {
      if (seats.includes(seat.seat)) this.#measure(seat, seconds, all);
    }
    this.#fleet = this.#fleetView(totals, seconds, all);
  }

  #measure(totals: SeatTotals, seconds: number, all: Float64Array): void {
    const meter = this.#seats.get(totals.seat) ?? { histograms: [], second: NO_LATENCY.fleet, requests: 0, view: IDLE };
    this.#seats.set(totals.seat, meter);
    const histogram = this.#plane.latency(totals.seat);
    const oldest = meter.histograms[0] ?? new Float64Array(HISTOGRAM_BUCKETS);
    const recent = difference(histogram, oldest);
    meter.second = difference(histogram, meter.histograms.at(-1) ?? oldest);
    meter.histograms.push(histogram);
    if (meter.histograms.length > WINDOW_S) meter.histograms.shift();
    for (let bucket = 0; bucket < all.length; bucket++) all[bucket] = (all[bucket] ?? 0) + (recent[bucket] ?? 0);
    meter.view = {
      requestsPerSecond: Math.round((totals.requests - meter.requests) / seconds),
      inFlight: totals.inFlight,
      p50Ms: quantileMs(recent, 0.5),
      p99Ms: quantileMs(recent, 0.99),
      requests: totals.requests,
      errors: errorsOf(totals),
      retries: totals.retries,
    };
    meter.requests = totals.requests;
  }

  #fleetView(totals: TrafficTotals, seconds: number, recent: Float64Array): FleetTraffic {
    // A seat without an instance has no figures just now; its last ones still count.
    const seats = [...this.#seats.values()].map(({ view }) => view);
    return {
      requestsPerSecond: Math.round((totals.requests - this.#fleet.requests) / seconds),
      inFlight: seats.reduce((sum, seat) => sum + seat.inFlight, 0),
      p50Ms: quantileMs(recent, 0.5),
      p99Ms: quantileMs(recent, 0.99),
      requests: totals.requests,
      errors: seats.reduce((sum, seat) => sum + seat.errors, this.#gone.errors),
      retries: totals.retried,
      lost: totals.lost,
      spilled: totals.spilled,
    };
  }

  /** Nothing happened since the last frame. */
  isQuiet(totals: TrafficTotals): boolean {
    const base = this.#frameBase?.totals;
    return (
      base !== undefined && base.requests === totals.requests && totals.seats.every(({ inFlight }) => inFlight === 0)
    );
  }

  /** What happened since the frame before; the first call after a pause only sets the base. */
  frame(): TrafficFrame | null {
    const base = this.#frameBase;
    const next = { at: this.#clock.now(), totals: this.#plane.totals() };
    this.#frameBase = next;
    if (base === null) return null;
    return {
      at: this.#clock.wallTime(),
      intervalMs: Math.round(next.at - base.at),
      slots: slotDeltas(base.totals.slots, next.totals.slots),
      seats: seatDeltas(base.totals.seats, next.totals.seats),
    };
  }

  /** Nobody listens: the next frame begins anew. */
  rest(): void {
    this.#frameBase = null;
  }
}

function slotDeltas(before: Float64Array, now: Float64Array): [number, number][] {
  const deltas: [number, number][] = [];
  for (let slot = 0; slot < now.length; slot++) {
    const count = (now[slot] ?? 0) - (before[slot] ?? 0);
    if (count > 0) deltas.push([slot, count]);
  }
  return deltas;
}

function seatDeltas(before: readonly SeatTotals[], now: readonly SeatTotals[]): [number, number, number, number][] {
  const old = new Map(before.map((seat) => [seat.seat, seat]));
  return now
    .map((seat): [number, number, number, number] => {
      const last = old.get(seat.seat);
      const requests = Math.max(0, seat.requests - (last?.requests ?? 0));
      const errors = Math.max(0, errorsOf(seat) - (last === undefined ? 0 : errorsOf(last)));
      return [seat.seat, requests, errors, seat.inFlight];
    })
    .filter(([, requests, errors, inFlight]) => requests + errors + inFlight > 0);
}
