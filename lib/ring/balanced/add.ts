import { mulberry32 } from '../random.ts';
import { MAX_SEAT, SLOT_COUNT, VIRTUAL_NODES } from '../types.ts';
import { evenOut } from './even.ts';
import { type SlotTable, slotAt } from './slot-table.ts';

/** Attempts at random tie-breaks, of which the best is kept. */
const TRIES = 6;
/** A segment may be this much longer than the ideal. */
const STRETCH = 1.15;

/** One attempt at carving a new seat's slots out of the others'. */
interface Attempt {
  readonly table: SlotTable;
  /** Slots by which others stay too full, and the new seat too empty. */
  readonly unmet: number;
  /** Different owners that the new seat's runs lie beside: the more, the more evenly it can be removed again. */
  readonly neighbours: number;
}

/** Gives a new seat its share in at most 9 runs, taken from those that have too much; the rest moves as little as can be. */
export function addSeat(table: SlotTable, seat: number, seed: number): SlotTable {
  if (table.seats().length === 0) return ownWhole(table, seat);
  const random = mulberry32(seed + Math.imul(seat, 0x9e3779b1));
  let best: Attempt | undefined;
  for (let t = 0; t < TRIES; t++) {
    const attempt = carve(table.copy(), seat, random);
    if (!best || isBetter(attempt, best)) best = attempt;
  }
  const result = best?.table ?? table;
  evenOut(result, table.owner);
  return result;
}

function ownWhole(table: SlotTable, seat: number): SlotTable {
  for (let slot = 0; slot < SLOT_COUNT; slot++) table.give(slot, seat);
  return table;
}

function isBetter(a: Attempt, b: Attempt): boolean {
  if (a.unmet !== b.unmet) return a.unmet < b.unmet;
  return a.neighbours > b.neighbours;
}

/** What the others may and have to give, by seat. */
interface Demand {
  readonly may: Int16Array;
  readonly must: Int16Array;
}

function carve(table: SlotTable, seat: number, random: () => number): Attempt {
  const seats = table.seats();
  const share = Math.floor(SLOT_COUNT / (seats.length + 1));
  const may = new Int16Array(MAX_SEAT + 1);
  const must = new Int16Array(MAX_SEAT + 1);
  for (const other of seats) {
    may[other] = Math.max(0, table.share(other) - share);
    must[other] = Math.max(0, table.share(other) - share - 1);
  }
  const segments = Math.min(VIRTUAL_NODES, Math.max(5, Math.ceil(seats.length / 2) + 1));
  let left = share;
  for (let n = segments; n > 0 && left > 0; n--) {
    const segment = bestSegment(
      table,
      seat,
      { may, must },
      { left, ideal: Math.ceil(left / n), isLast: n === 1 },
      random,
    );
    if (!segment) break;
    for (let k = 0; k < segment.length; k++) {
      const slot = slotAt(segment.start, k);
      const from = table.at(slot);
      may[from] = (may[from] ?? 0) - 1;
      must[from] = Math.max(0, (must[from] ?? 0) - 1);
      table.give(slot, seat);
    }
    left -= segment.length;
  }
  return { table, unmet: must.reduce((sum, n) => sum + n, 0) + left, neighbours: countNeighbours(table, seat) };
}

function countNeighbours(table: SlotTable, seat: number): number {
  const neighbours = new Set<number>();
  for (let slot = 0; slot < SLOT_COUNT; slot++) {
    const next = table.at(slotAt(slot, 1));
    if (table.at(slot) === seat) neighbours.add(next);
    else if (next === seat) neighbours.add(table.at(slot));
  }
  return neighbours.size;
}

interface Segment {
  readonly start: number;
  readonly length: number;
}

/** How long a segment should be: `ideal`, and no longer than what is `left`. */
interface Size {
  readonly left: number;
  readonly ideal: number;
  readonly isLast: boolean;
}

function bestSegment(
  table: SlotTable,
  seat: number,
  demand: Demand,
  size: Size,
  random: () => number,
): Segment | undefined {
  const longest = size.isLast
    ? size.left
    : Math.min(size.left, Math.max(size.ideal + 2, Math.ceil(size.ideal * STRETCH)));
  const taken = new Int16Array(MAX_SEAT + 1);
  let best: Segment | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let start = 0; start < SLOT_COUNT; start++) {
    if (table.at(start) === seat || table.at(slotAt(start, -1)) === seat) continue;
    taken.fill(0);
    let closed = table.endsAt(slotAt(start, -1));
    let covered = 0;
    let swallowed = 0;
    for (let length = 1; length <= longest; length++) {
      const slot = slotAt(start, length - 1);
      const owner = table.at(slot);
      const count = (taken[owner] ?? 0) + 1;
      if (count > (demand.may[owner] ?? 0) || table.at(slotAt(slot, 1)) === seat) break;
      taken[owner] = count;
      const must = demand.must[owner] ?? 0;
      if (count <= must) covered += count === must ? 2.5 : 1;
      const atEnd = table.endsAt(slot);
      if (atEnd && closed) swallowed++;
      const isCut = !closed && !atEnd;
      if (atEnd) closed = true;
      if (isCut && table.runCount(owner) >= VIRTUAL_NODES) continue;
      const score =
        covered - 0.6 * Math.abs(length - size.ideal) - 0.5 * swallowed - (isCut ? 0.5 : 0) + 1.2 * random();
      if (score <= bestScore) continue;
      bestScore = score;
      best = { start, length };
    }
  }
  return best;
}
