import type { Layout } from './placement-algorithm.ts';
import { SLOT_COUNT, type VirtualNode } from './types.ts';

/** Who owns each slot: the nearest virtual node clockwise, at the slot or after it. All 0 without virtual nodes. */
export function nearestClockwise(virtualNodes: readonly VirtualNode[]): number[] {
  const owner = new Array<number>(SLOT_COUNT).fill(0);
  for (const node of virtualNodes) owner[node.slot] = node.seat;
  let seat = 0;
  // Two turns anticlockwise: the first finds who the highest slots belong to, across the seam at 0.
  for (let i = 2 * SLOT_COUNT - 1; i >= 0; i--) {
    const slot = i % SLOT_COUNT;
    seat = owner[slot] || seat;
    owner[slot] = seat;
  }
  return owner;
}

/** The order in which members are met clockwise from each slot, as `PlacementAlgorithm.rank` gives it. */
export function rankClockwise({ members, virtualNodes }: Layout): Uint8Array {
  const depth = members.length;
  const ranks = new Uint8Array(SLOT_COUNT * depth);
  const standing = new Uint8Array(SLOT_COUNT);
  for (const node of virtualNodes) standing[node.slot] = node.seat;
  const before = new Uint8Array(depth);
  // A slot's order is that of the next slot, with its own virtual node moved to the front: two turns settle it.
  for (let i = 2 * SLOT_COUNT - 1; i >= 0; i--) {
    const slot = i % SLOT_COUNT;
    const seat = standing[slot];
    if (seat) moveToFront(before, seat);
    ranks.set(before, slot * depth);
  }
  return ranks;
}

function moveToFront(order: Uint8Array, seat: number): void {
  const at = order.indexOf(seat);
  order.copyWithin(1, 0, at < 0 ? order.length - 1 : at);
  order[0] = seat;
}
