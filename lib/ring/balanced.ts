import { addSeat } from './balanced/add.ts';
import { removeSeat } from './balanced/remove.ts';
import { SlotTable } from './balanced/slot-table.ts';
import { rankBalanced } from './balanced/understudies.ts';
import { spreadVirtualNodes } from './balanced/virtual-nodes.ts';
import type { Layout, PlacementAlgorithm } from './placement-algorithm.ts';
import { type Member, SLOT_COUNT } from './types.ts';

/**
 * Shares as even as whole slots allow, at nearly the fewest moves. It shapes the slot table freely under one limit:
 * a member that owns at most 9 runs and at least 9 slots can be stood for by exactly 9 virtual nodes.
 */
export const balanced: PlacementAlgorithm = {
  add(layout, member, seed) {
    const members = [...layout.members, member];
    if (members.length === 1) return layoutOf(members, ownedWholly(member.seat));
    return layoutOf(members, addSeat(new SlotTable(layout.owner), member.seat, seed));
  },
  remove(layout, { seat }) {
    const members = layout.members.filter((other) => other.seat !== seat);
    if (members.length === 0) return layoutOf(members, ownedWholly(0));
    return layoutOf(members, removeSeat(new SlotTable(layout.owner), seat));
  },
  rank: rankBalanced,
};

function ownedWholly(seat: number): SlotTable {
  return new SlotTable(new Uint8Array(SLOT_COUNT).fill(seat));
}

function layoutOf(members: readonly Member[], table: SlotTable): Layout {
  return { members, owner: [...table.owner], virtualNodes: spreadVirtualNodes(table) };
}
