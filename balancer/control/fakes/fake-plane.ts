import { HISTOGRAM_BUCKETS } from '../../core/histogram.ts';
import type { RoutingSnapshot, UpstreamReport } from '../../core/snapshot.ts';
import type { SeatTotals, TrafficPlane, TrafficTotals } from '../../core/traffic.ts';

/** Records what the traffic plane is told, and reports what a test wants it to. */
export class FakePlane implements TrafficPlane {
  readonly port = 5000;
  readonly snapshots: RoutingSnapshot[] = [];
  /** Seats that were taken out at once, in order. */
  readonly cuts: number[] = [];
  readonly seats = new Map<number, SeatTotals>();
  requests = 0;
  retried = 0;
  #listeners: ((report: UpstreamReport) => void)[] = [];

  get latest(): RoutingSnapshot {
    const snapshot = this.snapshots.at(-1);
    if (snapshot === undefined) throw new Error('nothing was published');
    return snapshot;
  }

  /** Names of the seats that may be chosen now. */
  get available(): readonly string[] {
    return this.latest.seats.filter(({ available }) => available).map(({ name }) => name);
  }

  /** The seats that the slots' candidates name. */
  get routed(): ReadonlySet<number> {
    return new Set([...this.latest.candidates].filter((seat) => seat !== 0));
  }

  report(report: UpstreamReport): void {
    for (const listener of this.#listeners) listener(report);
  }

  /** Adds to a seat's figures: `good` answers of 200, `bad` ones of 500. */
  serve(seat: number, good: number, bad: number): void {
    const before = this.seats.get(seat) ?? emptyTotals(seat);
    const [a, ok, b, c, failed] = before.byClass;
    this.requests += good + bad;
    this.seats.set(seat, {
      ...before,
      requests: before.requests + good + bad,
      byClass: [a, ok + good, b, c, failed + bad],
    });
  }

  /** The seat fails requests, and others answer them. */
  fail(seat: number, requests: number): void {
    const before = this.seats.get(seat) ?? emptyTotals(seat);
    this.requests += requests;
    this.retried += requests;
    this.seats.set(seat, { ...before, failed: before.failed + requests });
  }

  setInFlight(seat: number, inFlight: number): void {
    this.seats.set(seat, { ...(this.seats.get(seat) ?? emptyTotals(seat)), inFlight });
  }

  publish(snapshot: RoutingSnapshot): void {
    this.snapshots.push(snapshot);
  }

  setAvailable(seat: number, available: boolean): void {
    if (!available) this.cuts.push(seat);
  }

  resetSeat(seat: number): void {
    this.seats.delete(seat);
  }

  totals(): TrafficTotals {
    const routes = this.snapshots.at(-1)?.seats ?? [];
    const seats = routes.map(({ seat }) => this.seats.get(seat) ?? emptyTotals(seat));
    const { requests, retried } = this;
    return { seats, slots: new Float64Array(512), requests, retried, lost: 0, spilled: 0, clientConnections: 0 };
  }

  latency(): Float64Array {
    return new Float64Array(HISTOGRAM_BUCKETS);
  }

  onReport(listener: (report: UpstreamReport) => void): void {
    this.#listeners.push(listener);
  }

  async stop(): Promise<void> {}
}

function emptyTotals(seat: number): SeatTotals {
  const none = { requests: 0, failed: 0, retries: 0, inFlight: 0, bytesIn: 0, bytesOut: 0 };
  return { seat, ...none, byClass: [0, 0, 0, 0, 0] };
}
