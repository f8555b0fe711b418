import { slotAt } from '../slot-at.ts';
import { evenOut } from './even.ts';
import type { SlotTable } from './slot-table.ts';

/** The table without a seat that leaves: half of each of its runs goes to either neighbour, and from there where it evens out. */
export function removeSeat(before: SlotTable, seat: number): SlotTable {
  const table = before.copy();
  const runs = before.runs();
  for (const [i, run] of runs.entries()) {
    if (run.seat !== seat) continue;
    const left = runs.at(i - 1)?.seat ?? 0;
    const right = runs[(i + 1) % runs.length]?.seat ?? 0;
    for (let k = 0; k < run.length; k++) table.give(slotAt(run.start, k), k < run.length / 2 ? left : right);
  }
  evenOut(table, before.owner);
  return table;
}
