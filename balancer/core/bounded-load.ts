import type { Availability } from './board.ts';
import { NO_SEAT, type Picker, pick } from './pick.ts';
import type { RoutingSnapshot } from './snapshot.ts';

/** Requests in flight, over all workers. */
export interface Loads {
  of(seat: number): number;
}

export interface LoadBound {
  readonly loads: Loads;
  readonly factor: number;
  /** A request goes elsewhere than to its slot's first candidate. */
  readonly onSpill: () => void;
}

/**
 * As `pick`, but nobody is given more than its share: the slot's first candidate is chosen while it has fewer than
 * ceil(factor * (all in flight + 1) / replicas) requests in flight, else the one that has fewest, the nearest of equals
 * (consistent hashing with bounded loads, Mirrokni, Thorup and Zadimoghaddam 2018; there it would be the next clockwise,
 * which keeps fewer requests at home). `factor` is above 1.
 */
function pickBounded(
  snapshot: RoutingSnapshot,
  availability: Availability,
  slot: number,
  tried: readonly number[],
  { loads, factor, onSpill }: LoadBound,
): number {
  const home = pick(snapshot, availability, slot, tried);
  if (home === NO_SEAT) return NO_SEAT;
  const { candidates, depth, version } = snapshot;
  let [least, fewest, total, count] = [home, loads.of(home), 0, 0];
  for (let i = slot * depth; i < (slot + 1) * depth; i++) {
    const seat = candidates[i] ?? NO_SEAT;
    if (seat === NO_SEAT || !availability.has(seat, version)) continue;
    const load = loads.of(seat);
    total += load;
    count++;
    if (load < fewest && !tried.includes(seat)) [least, fewest] = [seat, load];
  }
  if (least === home || loads.of(home) < Math.ceil((factor * (total + 1)) / count)) return home;
  onSpill();
  return least;
}

export function boundedPicker(bound: LoadBound): Picker {
  return (snapshot, availability, slot, tried) => pickBounded(snapshot, availability, slot, tried, bound);
}
