import { expect, test } from 'vitest';
import { mulberry32 } from './random.ts';

test('mulberry32 gives the numbers of the reference implementation', () => {
  const random = mulberry32(0);
  expect([random(), random(), random()]).toEqual([0.26642920868471265, 0.0003297457005828619, 0.2232720274478197]);
});

test('equal seeds give equal numbers, others others', () => {
  const draw = (seed: number): number[] => Array.from({ length: 5 }, mulberry32(seed));
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test('numbers lie in [0, 1) and average one half', () => {
  const random = mulberry32(42);
  const numbers = Array.from({ length: 100_000 }, random);
  expect(numbers.filter((x) => x < 0 || x >= 1)).toEqual([]);
  expect(numbers.reduce((sum, x) => sum + x, 0) / numbers.length).toBeCloseTo(0.5, 2);
});
