import { expect, test } from 'vitest';
import { ringOf } from '../_testing/state.ts';
import { stretchesOf } from './virtual-nodes.ts';

test.each([1, 3, 12, 56])(
  'with %d replicas the stretches cover all slots, nine a replica, each with its owner',
  (count) => {
    const ring = ringOf(count);
    const stretches = stretchesOf(ring);
    expect(stretches).toHaveLength(9 * count);
    expect(stretches.reduce((sum, stretch) => sum + stretch.length, 0)).toBe(512);
    for (const stretch of stretches) {
      expect(ring.owner[stretch.first]).toBe(stretch.seat);
      expect(ring.owner[stretch.node]).toBe(stretch.seat);
      expect(stretch.away).toBe(0);
    }
  },
);

test('slots others answer for are counted', () => {
  const ring = ringOf(2);
  const away = stretchesOf({ ...ring, serving: ring.serving.map(() => 1) });
  expect(away.filter((stretch) => stretch.seat === 2).reduce((sum, stretch) => sum + stretch.away, 0)).toBe(256);
  expect(away.filter((stretch) => stretch.seat === 1).every((stretch) => stretch.away === 0)).toBe(true);
});

test('slots nobody answers for are counted apart', () => {
  const ring = ringOf(1);
  const stretches = stretchesOf({ ...ring, serving: ring.serving.map(() => 0) });
  expect(stretches.every(({ length, away, unserved }) => away === length && unserved === length)).toBe(true);
});
