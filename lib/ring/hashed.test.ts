import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyRing, place } from './place.ts';
import { placementContract } from './placement.contract.ts';
import { membersUpTo, ringOf } from './sample-rings.ts';
import { candidatesOf, ringTable } from './table.ts';
import { SLOT_COUNT } from './types.ts';

placementContract('hashed');

test('a hashed ring depends on who is on it, not on the order in which they came', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(membersUpTo(56), { minLength: 1 }), (members) => {
      const inOrder = members.toSorted((a, b) => a.seat - b.seat);
      const ring = place(emptyRing('hashed', 1), { kind: 'add', members });
      const sorted = place(emptyRing('hashed', 1), { kind: 'add', members: inOrder });
      expect(ring.owner).toEqual(sorted.owner);
    }),
    { numRuns: 20 },
  );
});

test('a member that leaves a hashed ring and comes back finds its slots again', () => {
  const ring = ringOf('hashed', 8);
  const without = place(ring, { kind: 'remove', names: ['S3'] });
  expect(place(without, { kind: 'add', members: [{ name: 'S3', seat: 3 }] }).owner).toEqual(ring.owner);
});

test("a slot's understudies on a hashed ring are the next members clockwise", () => {
  const ring = ringOf('hashed', 6);
  const table = ringTable(ring);
  for (let slot = 0; slot < SLOT_COUNT; slot++) {
    const met = ring.owner.map((_, i) => ring.owner[(slot + i) % SLOT_COUNT]);
    expect(candidatesOf(table, slot)).toEqual([...new Set(met)]);
  }
});
