import { slotAt } from '../slot-at.ts';
import { MAX_SEAT, SLOT_COUNT } from '../types.ts';

/** A maximal stretch of neighbouring slots of one seat; it may pass slot 0. */
export interface Run {
  readonly seat: number;
  readonly start: number;
  readonly length: number;
}

/**
 * A slot table being worked on, which keeps count of each seat's slots and runs. Only `give` changes it.
 * Indexed by seat number; seat 0 owns the slots of an empty ring.
 */
export class SlotTable {
  readonly owner: Uint8Array;
  /** Slots of each seat. */
  readonly shares = new Uint16Array(MAX_SEAT + 1);
  /** Runs of each seat, counted by their ends; a seat that owns the whole ring has none. */
  readonly #runCounts = new Uint16Array(MAX_SEAT + 1);

  constructor(owner: ArrayLike<number>) {
    this.owner = Uint8Array.from(owner);
    for (let slot = 0; slot < SLOT_COUNT; slot++) {
      add(this.shares, this.at(slot), 1);
      if (this.endsAt(slot)) add(this.#runCounts, this.at(slot), 1);
    }
  }

  copy(): SlotTable {
    return new SlotTable(this.owner);
  }

  at(slot: number): number {
    return this.owner[slot] ?? 0;
  }

  share(seat: number): number {
    return this.shares[seat] ?? 0;
  }

  runCount(seat: number): number {
    return this.#runCounts[seat] ?? 0;
  }

  /** Is the slot the last of its run? */
  endsAt(slot: number): boolean {
    return this.at(slot) !== this.at(slotAt(slot, 1));
  }

  give(slot: number, seat: number): void {
    const before = slotAt(slot, -1);
    this.#countEnds(before, slot, -1);
    add(this.shares, this.at(slot), -1);
    this.owner[slot] = seat;
    add(this.shares, seat, 1);
    this.#countEnds(before, slot, 1);
  }

  /** Every seat that owns slots, in ascending order. */
  seats(): number[] {
    const seats: number[] = [];
    for (let seat = 1; seat <= MAX_SEAT; seat++) if (this.share(seat) > 0) seats.push(seat);
    return seats;
  }

  /** All runs clockwise; the first is the one that holds slot 0 or starts there. */
  runs(): Run[] {
    const ends: number[] = [];
    for (let slot = 0; slot < SLOT_COUNT; slot++) if (this.endsAt(slot)) ends.push(slot);
    const last = ends.at(-1);
    if (last === undefined) return [{ seat: this.at(0), start: 0, length: SLOT_COUNT }];
    let previous = last - SLOT_COUNT;
    return ends.map((end) => {
      const run = { seat: this.at(end), start: slotAt(previous, 1), length: end - previous };
      previous = end;
      return run;
    });
  }

  #countEnds(first: number, second: number, by: number): void {
    if (this.endsAt(first)) add(this.#runCounts, this.at(first), by);
    if (this.endsAt(second)) add(this.#runCounts, this.at(second), by);
  }
}

function add(counts: Uint16Array, seat: number, by: number): void {
  counts[seat] = (counts[seat] ?? 0) + by;
}
