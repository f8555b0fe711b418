import { slotAt } from '../slot-at.ts';
import { SLOT_COUNT } from '../types.ts';
import { SegmentScan, type Surplus } from './segment-scan.ts';
import type { SlotTable } from './slot-table.ts';

/** Into how many segments a new seat's share is cut: enough to reach every owner, with some of its 9 runs to spare. */
const SEGMENTS = 6;
/** A segment may be this much longer than an equal part, or two slots. */
const STRETCH = 1.15;
/** Scores differ by up to this at random, so that another attempt finds another way. */
const NOISE = 1.2;

/** `length` slots from `start` on, clockwise. */
interface Segment {
  readonly start: number;
  readonly length: number;
  readonly score: number;
}

/** How long a segment should be, and may be. */
interface Size {
  readonly ideal: number;
  readonly longest: number;
}

/** Cuts a new seat's share, in segments that lie apart, out of the runs of those who have too much. */
export function carve(table: SlotTable, seat: number, random: () => number): void {
  const share = Math.floor(SLOT_COUNT / (table.seats().length + 1));
  const surplus = surplusOver(table, share);
  let left = share;
  for (let segments = SEGMENTS; segments > 0 && left > 0; segments--) {
    const ideal = Math.ceil(left / segments);
    const stretched = segments === 1 ? left : Math.max(ideal + 2, Math.ceil(ideal * STRETCH));
    const size = { ideal, longest: Math.min(left, stretched) };
    const segment = bestSegment(new SegmentScan(table, seat, surplus), size, random);
    if (!segment) return;
    take(table, seat, segment, surplus);
    left -= segment.length;
  }
}

function surplusOver(table: SlotTable, share: number): Surplus {
  return {
    may: Int16Array.from(table.shares, (n) => Math.max(0, n - share)),
    must: Int16Array.from(table.shares, (n) => Math.max(0, n - share - 1)),
  };
}

function bestSegment(scan: SegmentScan, size: Size, random: () => number): Segment | undefined {
  let best: Segment | undefined;
  for (let start = 0; start < SLOT_COUNT; start++) {
    const segment = bestFrom(scan, start, size, random() * NOISE);
    if (segment && (!best || segment.score > best.score)) best = segment;
  }
  return best;
}

function bestFrom(scan: SegmentScan, start: number, size: Size, noise: number): Segment | undefined {
  let bestLength = 0;
  let bestScore = Number.NEGATIVE_INFINITY;
  scan.restart(start);
  while (scan.length < size.longest && scan.extend()) {
    const score = scan.score(size.ideal);
    if (score <= bestScore) continue;
    bestLength = scan.length;
    bestScore = score;
  }
  return bestLength === 0 ? undefined : { start, length: bestLength, score: bestScore + noise };
}

function take(table: SlotTable, seat: number, { start, length }: Segment, { may, must }: Surplus): void {
  for (let k = 0; k < length; k++) {
    const slot = slotAt(start, k);
    const owner = table.at(slot);
    may[owner] = (may[owner] ?? 0) - 1;
    must[owner] = Math.max(0, (must[owner] ?? 0) - 1);
    table.give(slot, seat);
  }
}
