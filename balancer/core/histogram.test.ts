import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketOf, bucketUpperUs, HISTOGRAM_BUCKETS, quantileMs } from './histogram.ts';

test('a duration lies in its bucket, known to 3.2 %', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 30 - 1 }), (us) => {
      const bucket = bucketOf(us);
      const upper = bucketUpperUs(bucket);
      expect(upper).toBeGreaterThanOrEqual(us);
      expect(upper - us).toBeLessThanOrEqual(us / 32);
      if (bucket > 0) expect(bucketUpperUs(bucket - 1)).toBeLessThan(us);
    }),
  );
});

test('what is too long falls into the last bucket', () => {
  expect(bucketOf(2 ** 31 - 1)).toBe(HISTOGRAM_BUCKETS - 1);
});

test('quantiles of nothing are unknown', () => {
  expect(quantileMs(new Uint32Array(HISTOGRAM_BUCKETS), 0.5)).toBeNull();
});

test('the median of 1..999 us is 500 us within a bucket', () => {
  const counts = new Uint32Array(HISTOGRAM_BUCKETS);
  for (let us = 1; us < 1000; us++) counts[bucketOf(us)] = (counts[bucketOf(us)] ?? 0) + 1;
  expect(quantileMs(counts, 0.5)).toBeCloseTo(0.5, 1);
  expect(quantileMs(counts, 1)).toBeGreaterThanOrEqual(0.999);
});
