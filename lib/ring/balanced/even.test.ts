import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SLOT_COUNT, VIRTUAL_NODES } from '../types.ts';
import { evenOut } from './even.ts';
import { SlotTable } from './slot-table.ts';

/** A table of `seats` seats with 9 runs each, of random lengths, in random order. */
function crowded(seats: number, cuts: readonly number[], order: readonly number[]): SlotTable {
  const runs = seats * VIRTUAL_NODES;
  const ends = [...new Set([...cuts.map((cut) => cut % SLOT_COUNT), ...Array(runs).keys()])]
    .slice(0, runs)
    .sort((a, b) => a - b);
  const owners = order.slice(0, runs).map((rank, i) => ({ rank, seat: (i % seats) + 1 }));
  owners.sort((a, b) => a.rank - b.rank);
  return new SlotTable(
    Array.from({ length: SLOT_COUNT }, (_, slot) => {
      const run = ends.findIndex((end) => end >= slot);
      return owners[Math.max(0, run)]?.seat ?? 1;
    }),
  );
}

test('any table becomes even without more than 9 runs for anybody, and what is even stays as it is', () => {
  const numbers = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 504, maxLength: 504 });
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 56 }), numbers, numbers, (seats, cuts, order) => {
      const table = crowded(seats, cuts, order);
      evenOut(table, table.owner.slice());
      const shares = table.seats().map((seat) => table.share(seat));
      expect(Math.min(...shares)).toBe(Math.floor(SLOT_COUNT / seats));
      expect(Math.max(...shares)).toBe(Math.ceil(SLOT_COUNT / seats));
      expect(table.seats().filter((seat) => table.runCount(seat) > VIRTUAL_NODES)).toEqual([]);
      const before = table.owner.slice();
      evenOut(table, before);
      expect(table.owner).toEqual(before);
    }),
    { numRuns: 50 },
  );
});
