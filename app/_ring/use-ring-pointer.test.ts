import { expect, test } from 'vitest';
import { ringOf } from '../_testing/state.ts';
import { slotAfterKey } from './use-ring-pointer.ts';

const ring = ringOf(3);

test.each([
  ['ArrowRight', 511, 0],
  ['ArrowLeft', 0, 511],
  ['PageUp', 500, 4],
  ['PageDown', 4, 500],
  ['Home', 77, 0],
  ['End', 77, 511],
  ['Enter', 77, 77],
])('%s leads from slot %d to %d', (key, from, to) => {
  expect(slotAfterKey(key, from, ring)).toBe(to);
});

test('n and p step over all virtual nodes, round the ring', () => {
  const slots = ring.virtualNodes.map((node) => node.slot);
  let slot = slots[0] ?? 0;
  const visited = slots.map(() => {
    slot = slotAfterKey('N', slot, ring) ?? -1;
    return slot;
  });
  expect(visited).toEqual([...slots.slice(1), slots[0]]);
  expect(slotAfterKey('p', slots[0] ?? 0, ring)).toBe(slots.at(-1));
});

test('Escape lets go, and other keys are left to the page', () => {
  expect(slotAfterKey('Escape', 3, ring)).toBeNull();
  expect(slotAfterKey('Tab', 3, ring)).toBeUndefined();
});
