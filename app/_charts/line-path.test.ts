import { expect, test } from 'vitest';
import { linePath } from './line-path.ts';

const x = (back: number) => 100 + back / 1_000;
const y = (value: number) => 50 - value;

test('a line goes through its points, with time counted back from the newest', () => {
  const points = [
    { at: 8_000, s1: 10 },
    { at: 9_000, s1: 20.04 },
    { at: 10_000, s1: 30 },
  ];
  expect(linePath(points, 's1', 10_000, x, y)).toBe('M98,40L99,30L100,20');
});

test('a line breaks where a point has no value', () => {
  const points = [{ at: 1_000, s1: 1 }, { at: 2_000 }, { at: 3_000, s1: 2 }, { at: 4_000, s1: 3 }];
  expect(linePath(points, 's1', 4_000, x, y)).toBe('M97,49ZM99,48L100,47');
  expect(linePath(points, 's2', 4_000, x, y)).toBe('');
});

test('a point with none beside it is a dot', () => {
  expect(linePath([{ at: 1_000 }, { at: 2_000, s1: 1 }], 's1', 2_000, x, y)).toBe('M100,49Z');
});

test('a value of nought is a point, not a gap', () => {
  expect(linePath([{ at: 0, s1: 0 }], 's1', 0, x, y)).toBe('M100,50Z');
});
