import { expect, test } from 'vitest';
import { formatKeyPattern, parseKeyPattern } from './key-pattern.ts';
import { keySource } from './key-source.ts';

function draw(count: number, next: () => number): number[] {
  return Array.from({ length: count }, next);
}

test('random ids have six digits and repeat with the seed', () => {
  const ids = draw(5000, keySource({ kind: 'random' }, 7));
  expect(Math.min(...ids)).toBeGreaterThanOrEqual(100_000);
  expect(Math.max(...ids)).toBeLessThan(1_000_000);
  expect(draw(5000, keySource({ kind: 'random' }, 7))).toEqual(ids);
  expect(draw(5000, keySource({ kind: 'random' }, 8))).not.toEqual(ids);
});

test('sequential keys count up from 0', () => {
  expect(draw(4, keySource({ kind: 'sequential' }, 1))).toEqual([0, 1, 2, 3]);
});

test('uniform keys all come about equally often', () => {
  const counts = new Array<number>(10).fill(0);
  for (const key of draw(100_000, keySource({ kind: 'uniform', keys: 10 }, 1))) counts[key] = (counts[key] ?? 0) + 1;
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
});

test('the r-th key of a Zipf pattern comes r to the exponent times less often than the first', () => {
  const counts = new Map<number, number>();
  for (const key of draw(400_000, keySource({ kind: 'zipf', keys: 1000, exponent: 1 }, 3))) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const first = counts.get(0) ?? 0;
  for (const rank of [2, 4, 10]) expect(first / (counts.get(rank - 1) ?? 1)).toBeCloseTo(rank, -Math.log10(rank));
  expect(Math.max(...counts.keys())).toBeLessThan(1000);
});

test.each(['none', 'random', 'sequential', 'uniform:50', 'zipf:1000:1.3'])('%s is read and written alike', (text) => {
  const pattern = parseKeyPattern(text);
  expect(pattern && formatKeyPattern(pattern)).toBe(text);
});

test.each(['', 'zipf:0', 'zipf:10:9', 'uniform:x', 'uniform:1:1:1', 'else'])('%j is no pattern', (text) => {
  expect(parseKeyPattern(text)).toBeNull();
});
