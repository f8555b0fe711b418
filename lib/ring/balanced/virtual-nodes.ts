import { slotAt } from '../slot-at.ts';
import { VIRTUAL_NODES, type VirtualNode } from '../types.ts';
import type { SlotTable } from './slot-table.ts';

/** The slots one virtual node stands for: the last `length` up to and including `end`. */
interface Stretch {
  readonly end: number;
  readonly length: number;
}

/**
 * Exactly VIRTUAL_NODES virtual nodes for each seat, so that nearest-clockwise lookup gives the table: one at the end
 * of every run, the rest where they halve the seat's longest stretches. Each seat has at most 9 runs and at least
 * 9 slots.
 */
export function spreadVirtualNodes(table: SlotTable): VirtualNode[] {
  const nodes: VirtualNode[] = [];
  const runs = table.runs();
  for (const seat of table.seats()) {
    const stretches = runs
      .filter((run) => run.seat === seat)
      .map((run): Stretch => ({ end: slotAt(run.start, run.length - 1), length: run.length }));
    while (stretches.length < VIRTUAL_NODES) halveLongest(stretches);
    for (const { end } of stretches) nodes.push({ slot: end, seat });
  }
  return nodes.sort((a, b) => a.slot - b.slot);
}

function halveLongest(stretches: Stretch[]): void {
  stretches.sort((a, b) => b.length - a.length || a.end - b.end);
  const longest = stretches.shift();
  if (!longest || longest.length < 2) throw new Error('a seat has too few slots for its virtual nodes');
  const half = longest.length >> 1;
  stretches.push(
    { end: longest.end, length: half },
    { end: slotAt(longest.end, -half), length: longest.length - half },
  );
}
