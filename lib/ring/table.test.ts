import { expect, test } from 'vitest';
import { emptyRing } from './place.ts';
import { ringOf } from './sample-rings.ts';
import { candidatesOf, ringTable, servingTable } from './table.ts';
import { SLOT_COUNT } from './types.ts';

test('an empty ring has no candidates and nobody serves', () => {
  const ring = emptyRing('balanced', 1);
  const table = ringTable(ring);
  expect(table.depth).toBe(0);
  expect(candidatesOf(table, 0)).toEqual([]);
  expect([...servingTable(ring, () => true)]).toEqual(new Array(SLOT_COUNT).fill(0));
});

test('each slot is served by its first candidate that is available', () => {
  const ring = ringOf('balanced', 6);
  const table = ringTable(ring);
  const away = new Set([2, 5]);
  const serving = servingTable(ring, (seat) => !away.has(seat));
  const expected = ring.owner.map((_, slot) => candidatesOf(table, slot).find((seat) => !away.has(seat)));
  expect([...serving]).toEqual(expected);
});

test('the last one left serves every slot, and nobody does when all are away', () => {
  const ring = ringOf('hashed', 4);
  expect(new Set(servingTable(ring, (seat) => seat === 3))).toEqual(new Set([3]));
  expect(new Set(servingTable(ring, () => false))).toEqual(new Set([0]));
});
