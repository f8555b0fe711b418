import { slotAt } from '../slot-at.ts';
import { SLOT_COUNT, VIRTUAL_NODES } from '../types.ts';
import type { SlotTable } from './slot-table.ts';

/** A slot that can pass from one seat to another without either ending up with more than 9 runs. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly slot: number;
  /** Above 0: about the number of slots it adds to those that have moved. */
  readonly cost: number;
}

/** What a slot costs that had not moved yet. One that has may move on for nothing. */
const MOVE_COST = 1;
/** Of paths that move as many slots, the one with fewer steps. */
const STEP_COST = 0.05;
/** Of equal steps, the one that uses up a run: every run a seat has to spare makes a later change cheaper. */
const LAST_SLOT_SAVING = 0.04;
/** A run is worth keeping, but not at the price of a move. */
const NEW_RUN_COST = 0.3;

/** Every step across an edge between two runs, by the seat that gives. No number of runs grows by such a step. */
export function edgeSteps(table: SlotTable, before: Uint8Array): Step[][] {
  const steps: Step[][] = [];
  for (const seat of table.seats()) steps[seat] = [];
  const offer = (slot: number, to: number, isLast: boolean): void => {
    const from = table.at(slot);
    const cost = slotCost(table, before, slot) - (isLast ? LAST_SLOT_SAVING : 0);
    steps[from]?.push({ from, to, slot, cost });
  };
  for (let slot = 0; slot < SLOT_COUNT; slot++) {
    if (!table.endsAt(slot)) continue;
    const next = slotAt(slot, 1);
    offer(slot, table.at(next), table.endsAt(slotAt(slot, -1)));
    offer(next, table.at(slot), table.endsAt(next));
  }
  return steps;
}

/** The cheapest way for a seat to hand a slot to those who do not lie beside it, who need a spare run for it. */
export function newRunSteps(table: SlotTable, before: Uint8Array, from: number): Step[] {
  const cut = cheapestCut(table, before, from);
  if (!cut) return [];
  return table
    .seats()
    .filter((to) => to !== from && table.runCount(to) < VIRTUAL_NODES)
    .map((to) => ({ from, to, slot: cut.slot, cost: cut.cost + NEW_RUN_COST }));
}

/** The slot that a seat gives away most cheaply, at the end of a run or, if it has a run to spare, inside one. */
function cheapestCut(table: SlotTable, before: Uint8Array, from: number): { slot: number; cost: number } | undefined {
  let best: { slot: number; cost: number } | undefined;
  for (let slot = 0; slot < SLOT_COUNT; slot++) {
    if (table.at(slot) !== from) continue;
    const isInside = !table.endsAt(slot) && !table.endsAt(slotAt(slot, -1));
    if (isInside && table.runCount(from) >= VIRTUAL_NODES) continue;
    const cost = slotCost(table, before, slot) + (isInside ? NEW_RUN_COST : 0);
    if (!best || cost < best.cost) best = { slot, cost };
  }
  return best;
}

function slotCost(table: SlotTable, before: Uint8Array, slot: number): number {
  return STEP_COST + (before[slot] === table.at(slot) ? MOVE_COST : 0);
}
