import { expect, test } from 'vitest';
import { bucketOf, HISTOGRAM_BUCKETS, quantileMs } from '../../core/histogram.ts';
import { correctForOmission } from './omission.ts';

function histogram(valuesUs: readonly number[]): Float64Array {
  const counts = new Float64Array(HISTOGRAM_BUCKETS);
  for (const us of valuesUs) {
    const bucket = bucketOf(us);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
}

function total(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

test('a stall counts for every request that would have been sent during it', () => {
  // 99 answers of 1 ms and one that took 100 ms: a client that sends every ms would have met the stall 100 times.
  const raw = histogram([...new Array<number>(99).fill(1000), 100_000]);
  const corrected = correctForOmission(raw, 1000, bucketOf);
  expect(quantileMs(raw, 0.9)).toBeLessThan(1.1);
  expect(quantileMs(corrected, 0.9)).toBeGreaterThan(75);
  expect(total(corrected)).toBeGreaterThanOrEqual(198);
  expect(total(corrected)).toBeLessThanOrEqual(204);
});

test('answers within the interval are left alone', () => {
  const raw = histogram([500, 900, 1900]);
  expect(correctForOmission(raw, 1000, bucketOf)).toEqual(raw);
});

test('an interval of 0 corrects nothing', () => {
  const raw = histogram([500, 90_000]);
  expect(correctForOmission(raw, 0, bucketOf)).toEqual(raw);
});
