import { addSeat } from './balanced/add.ts';
import { removeSeat } from './balanced/remove.ts';
import { SlotTable } from './balanced/slot-table.ts';
import { rankBalanced } from './balanced/understudies.ts';
import { spreadVirtualNodes } from './balanced/virtual-nodes.ts';
import type { Layout, PlacementAlgorithm } from './placement-algorithm.ts';
import type { Member } from './types.ts';

/**
 * Shares as even as whole slots allow, and nearly the fewest moves. It shapes the slot table freely under one limit:
 * a member that owns at most 9 runs and at least 9 slots can be stood for by exactly 9 virtual nodes.
 */
export const balanced: PlacementAlgorithm = {
  add: (layout, member, seed) => layoutOf([...layout.members, member], addSeat(tableOf(layout), member.seat, seed)),
  remove: (layout, { seat }, seed) =>
    layoutOf(
      layout.members.filter((other) => other.seat !== seat),
      removeSeat(tableOf(layout), seat, seed),
    ),
  rank: rankBalanced,
};

function tableOf(layout: Layout): SlotTable {
  return new SlotTable(layout.owner);
}

function layoutOf(members: readonly Member[], table: SlotTable): Layout {
  return { members, owner: [...table.owner], virtualNodes: spreadVirtualNodes(table) };
}
