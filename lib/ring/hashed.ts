import { nearestClockwise, rankClockwise } from './clockwise.ts';
import { murmur3, slotOfHash } from './hash.ts';
import type { Layout, PlacementAlgorithm } from './placement-algorithm.ts';
import { slotAt } from './slot-at.ts';
import { type Member, SLOT_COUNT, VIRTUAL_NODES, type VirtualNode } from './types.ts';

/** murmur3 of `name#j`, the next free slot where two collide: a pure function of the set of members, not of its history. */
export const hashed: PlacementAlgorithm = {
  add: (layout, member) => layoutOf([...layout.members, member]),
  remove: (layout, member) => layoutOf(layout.members.filter((other) => other.seat !== member.seat)),
  rank: rankClockwise,
};

function layoutOf(members: readonly Member[]): Layout {
  const seats = new Uint8Array(SLOT_COUNT);
  // In order of names, so that who gives way in a collision does not depend on who came first.
  for (const member of members.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    for (let j = 0; j < VIRTUAL_NODES; j++) {
      let slot = slotOfHash(murmur3(`${member.name}#${j}`));
      while (seats[slot] !== 0) slot = slotAt(slot, 1);
      seats[slot] = member.seat;
    }
  }
  const virtualNodes: VirtualNode[] = [];
  for (const [slot, seat] of seats.entries()) if (seat !== 0) virtualNodes.push({ slot, seat });
  return { members, owner: nearestClockwise(virtualNodes), virtualNodes };
}
