import { slotAt } from '../slot-at.ts';
import { MAX_SEAT, VIRTUAL_NODES } from '../types.ts';
import type { SlotTable } from './slot-table.ts';

/** What it is worth to take the last slot that an owner has to give, on top of 1 for each such slot. */
const RELIEVED = 1;
/** What each slot costs by which a segment is longer or shorter than the ideal. */
const MISFIT = 0.6;
/** Worth of a run that vanishes, cost of one that is cut in two: runs to spare make later changes cheap. */
const RUN = 0.8;

/** What seats have above the new share, by seat. */
export interface Surplus {
  /** How many slots each may give without falling below the new share. */
  readonly may: Int16Array;
  /** How many each has to give so as to exceed the new share by 1 at most. */
  readonly must: Int16Array;
}

/**
 * A segment that grows slot by slot, with the tally of what it would be worth to a new seat. It ends where an owner
 * has no more to give, and short of the new seat's other segments.
 */
export class SegmentScan {
  length = 0;
  #start = 0;
  /** Does it reach over the edge of a run? Else it lies inside one, and would cut it in two. */
  #reachesEdge = false;
  #worth = 0;
  readonly #taken = new Uint16Array(MAX_SEAT + 1);
  readonly #table: SlotTable;
  readonly #seat: number;
  readonly #surplus: Surplus;

  constructor(table: SlotTable, seat: number, surplus: Surplus) {
    this.#table = table;
    this.#seat = seat;
    this.#surplus = surplus;
  }

  /** Begins anew, with no slot yet, at `start`. */
  restart(start: number): void {
    this.length = 0;
    this.#start = start;
    this.#reachesEdge = this.#table.endsAt(slotAt(start, -1));
    this.#worth = 0;
    this.#taken.fill(0);
  }

  /** Takes the next slot clockwise; false, and nothing taken, where it may not. */
  extend(): boolean {
    const table = this.#table;
    const slot = slotAt(this.#start, this.length);
    const owner = table.at(slot);
    const taken = (this.#taken[owner] ?? 0) + 1;
    if (taken > (this.#surplus.may[owner] ?? 0) || this.#touchesOwn(slot)) return false;
    this.#taken[owner] = taken;
    this.length++;
    const must = this.#surplus.must[owner] ?? 0;
    if (taken <= must) this.#worth += taken === must ? 1 + RELIEVED : 1;
    if (table.endsAt(slot)) {
      if (this.#reachesEdge) this.#worth += RUN;
      this.#reachesEdge = true;
    }
    return true;
  }

  /** The higher the better; -Infinity where it would cut a run of an owner that has 9 already. */
  score(ideal: number): number {
    const worth = this.#worth - MISFIT * Math.abs(this.length - ideal);
    if (this.#reachesEdge) return worth;
    return this.#table.runCount(this.#table.at(this.#start)) < VIRTUAL_NODES ? worth - RUN : Number.NEGATIVE_INFINITY;
  }

  #touchesOwn(slot: number): boolean {
    return this.#table.at(slotAt(slot, 1)) === this.#seat || this.#table.at(slotAt(slot, -1)) === this.#seat;
  }
}
