import { ALGORITHMS } from './algorithms.ts';
import { type Ring, SLOT_COUNT } from './types.ts';

/** A ring made flat for lookup. Seat numbers throughout. */
export interface RingTable {
  /** Who owns each of the SLOT_COUNT slots; 0 where the ring is empty. */
  readonly owner: Uint8Array;
  /** For slot s its order of preference at `s * depth` and on: the owner, then its understudies, every member once. */
  readonly candidates: Uint8Array;
  /** How many candidates a slot has: the number of members. */
  readonly depth: number;
}

export function ringTable(ring: Ring): RingTable {
  return {
    owner: Uint8Array.from(ring.owner),
    candidates: ALGORITHMS[ring.placement].rank(ring),
    depth: ring.members.length,
  };
}

/** A slot's whole order of preference: its owner, then its understudies. Empty for an empty ring. */
export function candidatesOf(table: RingTable, slot: number): number[] {
  return [...table.candidates.subarray(slot * table.depth, (slot + 1) * table.depth)];
}

/** Who answers for each slot now: its first candidate that is available; 0 where none is. */
export function servingTable(ring: Ring, isAvailable: (seat: number) => boolean): Uint8Array {
  return servingSeats(ringTable(ring), isAvailable);
}

/** `servingTable` for a table that is at hand already. */
export function servingSeats(table: RingTable, isAvailable: (seat: number) => boolean): Uint8Array {
  const serving = new Uint8Array(SLOT_COUNT);
  for (let slot = 0; slot < SLOT_COUNT; slot++) {
    const end = (slot + 1) * table.depth;
    for (let i = slot * table.depth; i < end; i++) {
      const seat = table.candidates[i] ?? 0;
      if (!isAvailable(seat)) continue;
      serving[slot] = seat;
      break;
    }
  }
  return serving;
}
