import { expect, test } from 'vitest';
import { inspectKey, inspectSlot } from './inspect.ts';
import { emptyRing } from './place.ts';
import { ringOf } from './sample-rings.ts';
import { ringTable } from './table.ts';
import { SLOT_COUNT } from './types.ts';

test.each(['balanced', 'hashed'] as const)(
  'every slot of a %s ring lies in a run of its owner, at or before its virtual node',
  (placement) => {
    const ring = ringOf(placement, 7);
    const table = ringTable(ring);
    for (let slot = 0; slot < SLOT_COUNT; slot++) {
      const { owner, virtualNode, run, understudies } = inspectSlot(ring, slot, table);
      const inside = Array.from({ length: run.length }, (_, i) => (run.start + i) % SLOT_COUNT);
      expect(inside).toContain(slot);
      expect(inside).toContain(virtualNode);
      expect(inside.at(-1)).toBe(run.end);
      expect(new Set(inside.map((other) => ring.owner[other]))).toEqual(new Set([owner]));
      expect(ring.owner[(run.end + 1) % SLOT_COUNT]).not.toBe(owner);
      expect(ring.owner[(run.start + SLOT_COUNT - 1) % SLOT_COUNT]).not.toBe(owner);
      expect(ring.virtualNodes).toContainEqual({ slot: virtualNode, seat: owner });
      expect([owner, ...understudies].toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    }
  },
);

test('a single member owns one run around the whole ring', () => {
  expect(inspectSlot(ringOf('balanced', 1), 100)).toMatchObject({
    owner: 1,
    run: { start: 0, end: 511, length: 512 },
    understudies: [],
  });
});

test('on an empty ring a slot belongs to nobody', () => {
  expect(inspectSlot(emptyRing('balanced', 1), 0)).toMatchObject({ owner: 0, virtualNode: -1, understudies: [] });
});

test('a key is found by its hash', () => {
  const ring = ringOf('balanced', 3);
  expect(inspectKey(ring, 'hello')).toEqual({ key: 'hello', hash: 0x248bfa47, ...inspectSlot(ring, 0x47) });
});
