import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SLOT_COUNT } from '../types.ts';
import { SlotTable } from './slot-table.ts';

const slotsAndSeats = fc.array(fc.tuple(fc.nat({ max: SLOT_COUNT - 1 }), fc.integer({ min: 1, max: 4 })), {
  maxLength: 200,
});

test('counts of slots and runs stay right however slots change hands', () => {
  fc.assert(
    fc.property(slotsAndSeats, (gifts) => {
      const table = new SlotTable(new Uint8Array(SLOT_COUNT).fill(1));
      for (const [slot, seat] of gifts) table.give(slot, seat);
      const runs = table.runs();
      for (const seat of [1, 2, 3, 4]) {
        const own = runs.filter((run) => run.seat === seat);
        expect(table.share(seat)).toBe(own.reduce((sum, run) => sum + run.length, 0));
        expect(table.runCount(seat)).toBe(runs.length === 1 ? 0 : own.length);
      }
    }),
  );
});

test('runs go clockwise and may pass slot 0', () => {
  const table = new SlotTable(Array.from({ length: SLOT_COUNT }, (_, slot) => (slot < 10 || slot >= 500 ? 3 : 8)));
  expect(table.runs()).toEqual([
    { seat: 3, start: 500, length: 22 },
    { seat: 8, start: 10, length: 490 },
  ]);
  expect(table.seats()).toEqual([3, 8]);
});
