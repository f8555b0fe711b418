import { expect, test } from 'vitest';
import { quantileOfFrames } from './latency.ts';

function frame(...latencies: [number, number][]) {
  return { atMs: 0, requests: 0, failed: 0, replicas: [], p50Ms: null, p99Ms: null, latencies };
}

test.each([
  [0.5, 2],
  [0.9, 2],
  [0.95, 40],
  [1, 40],
])('the %d quantile is taken over all stretches together', (ratio, expected) => {
  expect(quantileOfFrames([frame([1, 20]), frame([2, 70], [40, 10])], ratio)).toBe(expected);
});

test('no answers have no quantile', () => {
  expect(quantileOfFrames([frame()], 0.5)).toBeNull();
});
