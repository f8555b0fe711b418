import { expect, test } from 'vitest';
import { emptyRing } from './place.ts';
import { previewChange, previewOutage, slotMoves } from './preview.ts';
import { membersUpTo, ringOf } from './sample-rings.ts';
import { candidatesOf, ringTable } from './table.ts';
import { SLOT_COUNT } from './types.ts';

test('moves are grouped by who gives and who takes', () => {
  const before = new Array(SLOT_COUNT).fill(1);
  const after = before.map((seat, slot) => (slot === 3 || slot === 9 ? 2 : slot === 5 ? 3 : seat));
  expect(slotMoves(before, after)).toEqual([
    { from: 1, to: 2, slots: [3, 9] },
    { from: 1, to: 3, slots: [5] },
  ]);
});

test('the preview of a first member moves every slot from nobody', () => {
  const preview = previewChange(emptyRing('balanced', 1), { kind: 'add', members: [{ name: 'a', seat: 4 }] });
  expect(preview.moves).toHaveLength(1);
  expect(preview.moves[0]).toMatchObject({ from: 0, to: 4 });
  expect([preview.moved, preview.minimum]).toEqual([SLOT_COUNT, SLOT_COUNT]);
});

test.each([
  { from: 0, to: 3, minimum: 512 },
  { from: 2, to: 3, minimum: 170 },
  { from: 2, to: 6, minimum: 340 },
  { from: 3, to: 10, minimum: 357 },
  // 512 = 50 x 10 + 12: of the 12 slots left over only 1 can stay with the member that was there.
  { from: 1, to: 50, minimum: 501 },
])('going from $from to $to members moves at least $minimum slots', ({ from, to, minimum }) => {
  const ring = from === 0 ? emptyRing('balanced', 1) : ringOf('balanced', from);
  const preview = previewChange(ring, { kind: 'add', members: membersUpTo(to).slice(from) });
  expect(preview.minimum).toBe(minimum);
  expect(preview.moved).toBeGreaterThanOrEqual(minimum);
});

test('removing moves at least the slots of those who leave', () => {
  const ring = ringOf('balanced', 5);
  const owned = ring.owner.filter((seat) => seat === 2 || seat === 4).length;
  expect(previewChange(ring, { kind: 'remove', names: ['S2', 'S4'] }).minimum).toBe(owned);
});

test('a change of nobody moves nothing', () => {
  const preview = previewChange(ringOf('balanced', 3), { kind: 'add', members: [] });
  expect(preview).toMatchObject({ moves: [], moved: 0, minimum: 0 });
});

test('in an outage the slots of those away go to the first understudy that is left', () => {
  const ring = ringOf('balanced', 4);
  const table = ringTable(ring);
  const moves = previewOutage(ring, [1, 3]);
  expect(moves.flatMap((move) => move.slots)).toHaveLength(256);
  for (const { from, to, slots } of moves) {
    expect([1, 3]).toContain(from);
    const understudies = slots.map((slot) => candidatesOf(table, slot).find((seat) => seat !== 1 && seat !== 3));
    expect(new Set(understudies)).toEqual(new Set([to]));
  }
});

test('when all are away their slots go to nobody', () => {
  expect(
    previewOutage(ringOf('balanced', 2), [1, 2])
      .map(({ from, to }) => [from, to])
      .sort(),
  ).toEqual([
    [1, 0],
    [2, 0],
  ]);
});
