import { expect, test } from 'vitest';
import { mulberry32 } from '../ring/random.ts';
import { chancePeak, percentileOf, spreadOf } from './statistics.ts';

test('an even spread has a peak of 1 and no variation', () => {
  expect(spreadOf([5, 5, 5])).toEqual({ total: 15, mean: 5, min: 5, max: 5, peakToMean: 1, variation: 0 });
});

test('an uneven spread is measured against its mean', () => {
  const spread = spreadOf([8436, 471, 1093]);
  expect(spread.peakToMean).toBeCloseTo(2.5308, 4);
  expect(spread.variation).toBeCloseTo(1.0851, 3);
});

test('nothing is spread over nobody', () => {
  expect(spreadOf([])).toMatchObject({ total: 0, peakToMean: 0 });
  expect(spreadOf([0, 0])).toMatchObject({ total: 0, peakToMean: 0, variation: 0 });
});

test.each([
  [[], 0.5, null],
  [[3], 0.99, 3],
  [[4, 1, 3, 2], 0.5, 2],
  [[4, 1, 3, 2], 0.95, 4],
  [[4, 1, 3, 2], 0, 1],
])('of %j the %f percentile is %s', (values, ratio, expected) => {
  expect(percentileOf(values, ratio)).toBe(expected);
});

test.each([2, 3, 10, 56])('the peak that chance gives to %i replicas is the one that dice give', (replicas) => {
  const random = mulberry32(replicas);
  const rounds = 300;
  const requests = 2000;
  let sum = 0;
  for (let round = 0; round < rounds; round++) {
    const counts = new Array<number>(replicas).fill(0);
    for (let i = 0; i < requests; i++) {
      const at = Math.floor(random() * replicas);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    sum += spreadOf(counts).peakToMean;
  }
  const expected = chancePeak(requests, replicas) - 1;
  expect(Math.abs((sum / rounds - 1) / expected - 1)).toBeLessThan(0.1);
});
