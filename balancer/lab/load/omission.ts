import { bucketUpperUs } from '../../core/histogram.ts';

/**
 * A client that waits for a slow answer does not send what it would have sent meanwhile, so slow stretches are
 * counted once where many requests would have met them (coordinated omission). For every value above the interval at
 * which a client would have sent, this adds the waits of those requests: value - interval, value - 2 intervals, …
 * (HdrHistogram's copyCorrectedForCoordinatedOmission). `intervalUs` of 0 corrects nothing.
 */
export function correctForOmission(
  counts: ArrayLike<number>,
  intervalUs: number,
  bucketOf: (us: number) => number,
): Float64Array {
  const corrected = Float64Array.from(counts);
  if (intervalUs <= 0) return corrected;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    const count = counts[bucket] ?? 0;
    if (count === 0) continue;
    for (let us = bucketUpperUs(bucket) - intervalUs; us >= intervalUs; us -= intervalUs) {
      const missing = bucketOf(Math.floor(us));
      corrected[missing] = (corrected[missing] ?? 0) + count;
    }
  }
  return corrected;
}
