import type { Availability } from './board.ts';
import type { RoutingSnapshot } from './snapshot.ts';

/** Nobody can take the request. */
export const NO_SEAT = 0;

/** Chooses who gets a request. */
export type Picker = typeof pick;

/** The slot's first candidate that is available and was not tried yet; NO_SEAT when there is none. */
export function pick(
  snapshot: RoutingSnapshot,
  availability: Availability,
  slot: number,
  tried: readonly number[],
): number {
  const { candidates, depth, version } = snapshot;
  const start = slot * depth;
  for (let i = start; i < start + depth; i++) {
    const seat = candidates[i] ?? NO_SEAT;
    if (seat !== NO_SEAT && availability.has(seat, version) && !tried.includes(seat)) return seat;
  }
  return NO_SEAT;
}
