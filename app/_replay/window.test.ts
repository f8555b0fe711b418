import { expect, test } from 'vitest';
import { beginningOf, neighbour, pieceOf, windowOf } from './window.ts';

const HOUR = 3_600_000;

test('while the moment is recent the slider ends now', () => {
  expect(windowOf(10 * HOUR - 1, HOUR, 10 * HOUR)).toEqual({ from: 9 * HOUR, to: 10 * HOUR });
});

test.each([3 * HOUR, 3.49 * HOUR])(
  'an older moment is in the middle half of what the slider spans, which stands still',
  (at) => {
    expect(windowOf(at, HOUR, 10 * HOUR)).toEqual({ from: 2.75 * HOUR, to: 3.75 * HOUR });
  },
);

test('a piece holds the two minutes before its first moment', () => {
  const { from, to } = pieceOf(1_000_000);
  expect([from, to]).toEqual([840_000, 1_080_000]);
  expect(pieceOf(960_000)).toEqual({ from, to });
});

test('stepping goes to the nearest other moment something happened', () => {
  const events = [{ at: 5 }, { at: 9 }, { at: 9 }, { at: 12 }];
  expect(neighbour(events, 9, 1)).toBe(12);
  expect(neighbour(events, 9, -1)).toBe(5);
  expect(neighbour(events, 12, 1)).toBeNull();
  expect(neighbour([], 1, -1)).toBeNull();
});

test('a replay begins a minute ago, and of a balancer younger than that with its first figures', () => {
  expect(beginningOf(10 * HOUR, 9 * HOUR)).toBe(10 * HOUR - 60_000);
  expect(beginningOf(100_000, 80_000)).toBe(82_000);
  expect(beginningOf(100_000, 99_000)).toBe(100_000);
});
