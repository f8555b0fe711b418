import { mulberry32 } from '../random.ts';
import { SLOT_COUNT } from '../types.ts';
import { carve } from './carve.ts';
import { evenOut } from './even.ts';
import type { SlotTable } from './slot-table.ts';

/** Attempts with other tie-breaks, of which the one that moves least is kept. Nearly always the first moves the minimum. */
const MAX_TRIES = 12;

/** The table with a new seat, which takes its share from those that have too much. `seed` breaks ties. */
export function addSeat(before: SlotTable, seat: number, seed: number): SlotTable {
  const random = mulberry32(seed ^ Math.imul(seat, 0x9e3779b1));
  const minimum = Math.floor(SLOT_COUNT / (before.seats().length + 1));
  let best = attempt(before, seat, random);
  for (let tries = 1; tries < MAX_TRIES && best.moved > minimum; tries++) {
    const other = attempt(before, seat, random);
    if (other.moved < best.moved) best = other;
  }
  return best.table;
}

function attempt(before: SlotTable, seat: number, random: () => number): { table: SlotTable; moved: number } {
  const table = before.copy();
  carve(table, seat, random);
  evenOut(table, before.owner);
  return { table, moved: table.owner.filter((owner, slot) => owner !== before.at(slot)).length };
}
