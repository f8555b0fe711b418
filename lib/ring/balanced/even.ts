import { SLOT_COUNT } from '../types.ts';
import { cheapestPath } from './cheapest-path.ts';
import type { SlotTable } from './slot-table.ts';
import { edgeSteps, newRunSteps } from './step.ts';

/**
 * Passes slots on, by the cheapest path from an overfull to an underfull seat at a time, until every share is floor or
 * ceil of the mean. `before` is the table before the whole change: slots that differ from it are free to move again.
 *
 * Only the first step of a path may begin a new run: there the giver takes nothing in, so no later step of the path
 * can tear the new run off, and runs are never more than 9.
 */
export function evenOut(table: SlotTable, before: Uint8Array): void {
  for (let ends = imbalance(table); ends; ends = imbalance(table)) {
    const steps = edgeSteps(table, before);
    for (const seat of ends.givers) steps[seat]?.push(...newRunSteps(table, before, seat));
    for (const { slot, to } of cheapestPath(steps, ends.givers, ends.takers)) table.give(slot, to);
  }
}

interface Imbalance {
  readonly givers: readonly number[];
  readonly takers: ReadonlySet<number>;
}

/** Who has to give and who has to take; nothing when all shares are even. */
function imbalance(table: SlotTable): Imbalance | undefined {
  const seats = table.seats();
  const floor = Math.floor(SLOT_COUNT / seats.length);
  const ceil = Math.ceil(SLOT_COUNT / seats.length);
  const overfull = seats.filter((seat) => table.share(seat) > ceil);
  const underfull = seats.filter((seat) => table.share(seat) < floor);
  if (overfull.length === 0 && underfull.length === 0) return undefined;
  return {
    givers: overfull.length > 0 ? overfull : seats.filter((seat) => table.share(seat) > floor),
    takers: new Set(underfull.length > 0 ? underfull : seats.filter((seat) => table.share(seat) < ceil)),
  };
}
