import { expect, test } from 'vitest';
import { span } from './span.ts';

test.each([
  [0, '0 ms'],
  [23.4, '23 ms'],
  [1_240, '1.2 s'],
  [9_960, '10 s'],
  [42_000, '42 s'],
  [271_500, '4 min 31 s'],
  [250_000, '4 min 10 s'],
  [7_500_000, '2 h 5 min'],
  [86_400_000 * 3, '3 d'],
  [-5, '0 ms'],
])('a span of %d ms reads "%s"', (ms, words) => {
  expect(span(ms)).toBe(words);
});
