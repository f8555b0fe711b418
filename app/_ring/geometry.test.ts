import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SLOT_COUNT } from '#lib/ring/types.ts';
import { angleOf, arcPath, pointAt, RADIUS, runsOf, slotAt } from './geometry.ts';

test('the middle of every slot is found under the pointer', () => {
  for (let slot = 0; slot < SLOT_COUNT; slot++) {
    const { x, y } = pointAt(angleOf(slot + 0.5), RADIUS.arcInner + 10);
    expect(slotAt(x - 500, y - 500)).toBe(slot);
  }
});

test('the centre and the corners are no slot', () => {
  expect(slotAt(0, 0)).toBeNull();
  expect(slotAt(490, 490)).toBeNull();
});

test('runs cover each slot once with its own seat', () => {
  const seats = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: SLOT_COUNT, maxLength: SLOT_COUNT });
  fc.assert(
    fc.property(seats, (owner) => {
      const seen = new Array<number>(SLOT_COUNT).fill(-1);
      for (const run of runsOf(owner)) {
        for (let i = 0; i < run.length; i++) seen[(run.start + i) % SLOT_COUNT] = run.seat;
      }
      expect(seen).toEqual(owner);
    }),
  );
});

test('a run over the end of the ring is one run', () => {
  const owner = new Array<number>(SLOT_COUNT).fill(1);
  owner.fill(2, 10, 20);
  expect(runsOf(owner)).toEqual([
    { seat: 2, start: 10, length: 10 },
    { seat: 1, start: 20, length: SLOT_COUNT - 10 },
  ]);
});

test('a ring of one owner is a closed circle, not an arc of no length', () => {
  expect(arcPath(0, SLOT_COUNT, 100, 200, 1)).toMatch(/^M500 300A200 200 0 1 1/);
});
