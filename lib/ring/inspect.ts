import { murmur3, slotOfHash } from './hash.ts';
import { slotAt } from './slot-at.ts';
import { candidatesOf, type RingTable, ringTable } from './table.ts';
import { type Ring, SLOT_COUNT } from './types.ts';

/** Everything there is to know about a slot. */
export interface SlotInspection {
  readonly slot: number;
  /** Seat of its owner; 0 when the ring is empty. */
  readonly owner: number;
  /** The slot of the virtual node it belongs to: the nearest clockwise. -1 when the ring is empty. */
  readonly virtualNode: number;
  /** The stretch of neighbouring slots of the same owner, clockwise, both ends inclusive; it may pass slot 0. */
  readonly run: { readonly start: number; readonly end: number; readonly length: number };
  /** Seats that take over when the owner is away, in this order. */
  readonly understudies: readonly number[];
}

export interface KeyInspection extends SlotInspection {
  readonly key: string;
  readonly hash: number;
}

/** `slot` is 0..511. Whoever asks often passes the ring's table, which takes about a millisecond to make. */
export function inspectSlot(ring: Ring, slot: number, table: RingTable = ringTable(ring)): SlotInspection {
  const [owner = 0, ...understudies] = candidatesOf(table, slot);
  const node = ring.virtualNodes.find((other) => other.slot >= slot) ?? ring.virtualNodes[0];
  return { slot, owner, virtualNode: node?.slot ?? -1, run: runAround(ring.owner, slot), understudies };
}

export function inspectKey(ring: Ring, key: string, table?: RingTable): KeyInspection {
  const hash = murmur3(key);
  return { key, hash, ...inspectSlot(ring, slotOfHash(hash), table) };
}

function runAround(owner: readonly number[], slot: number): SlotInspection['run'] {
  const reach = (direction: 1 | -1): number => {
    let steps = 0;
    while (steps < SLOT_COUNT - 1 && owner[slotAt(slot, direction * (steps + 1))] === owner[slot]) steps++;
    return steps;
  };
  const back = reach(-1);
  const forth = reach(1);
  if (back === SLOT_COUNT - 1) return { start: 0, end: SLOT_COUNT - 1, length: SLOT_COUNT };
  return { start: slotAt(slot, -back), end: slotAt(slot, forth), length: back + forth + 1 };
}
