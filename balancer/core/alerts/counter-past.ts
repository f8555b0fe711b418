import type { FleetSignals, TrafficCount } from './signals.ts';

/** Totals as they were at one moment. */
interface Reading {
  /** Monotonic, ms. */
  readonly at: number;
  readonly fleet: TrafficCount;
  readonly seats: ReadonlyMap<number, TrafficCount>;
}

/** The totals of the last minutes, oldest first: what happened within a window is a difference of two of them. */
export type CounterPast = readonly Reading[];

/** The longest window that a rule may have, and a second. */
const KEPT_MS = 601_000;
const NOTHING: TrafficCount = { requests: 0, errors: 0, lost: 0 };

/** `now` is monotonic, ms. */
export function remember(past: CounterPast, now: number, { totals, replicas }: FleetSignals): CounterPast {
  const seats = new Map(replicas.map(({ seat, totals: own }) => [seat, own]));
  const kept = past.findIndex(({ at }) => at >= now - KEPT_MS);
  return [...(kept <= 0 ? past : past.slice(kept)), { at: now, fleet: totals, seats }];
}

/** What was counted within the last `windowMs`, of a seat or (null) of the fleet. Totals that began anew count from there. */
export function countedWithin(past: CounterPast, windowMs: number, seat: number | null): TrafficCount {
  const last = past.at(-1);
  if (last === undefined) return NOTHING;
  const of = (reading: Reading): TrafficCount | undefined => (seat === null ? reading.fleet : reading.seats.get(seat));
  const now = of(last) ?? NOTHING;
  const first = past.find((reading) => reading.at >= last.at - windowMs && of(reading) !== undefined);
  const before = (first && of(first)) ?? now;
  const base = now.requests < before.requests ? NOTHING : before;
  return {
    requests: now.requests - base.requests,
    errors: Math.max(0, now.errors - base.errors),
    lost: Math.max(0, now.lost - base.lost),
  };
}
