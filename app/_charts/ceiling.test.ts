import { expect, test } from 'vitest';
import { ceiling } from './ceiling.ts';

test.each([
  [0, 2],
  [1.9, 2],
  [3, 4],
  [74, 80],
  [99, 200],
  [297, 400],
  [1_000, 2_000],
])('an axis for %d ends at %d', (most, top) => {
  expect(ceiling(most)).toBe(top);
});
