/**
 * Log-linear latency histogram over microseconds, as HDR histograms do it: 32 linear steps in each power of two,
 * so a value is known to 3.2 %. Values under 32 us are exact; the last bucket takes all above 2^30 us (18 min).
 */
const STEPS = 32;
const STEP_BITS = 5;
const MAX_EXPONENT = 30;
export const HISTOGRAM_BUCKETS = (MAX_EXPONENT - STEP_BITS + 1) * STEPS + STEPS;

/** The bucket a duration falls into; `us` is a whole number >= 0. */
export function bucketOf(us: number): number {
  if (us < STEPS) return us;
  const exponent = 31 - Math.clz32(us);
  if (exponent >= MAX_EXPONENT) return HISTOGRAM_BUCKETS - 1;
  const shift = exponent - STEP_BITS;
  return (shift + 1) * STEPS + ((us >>> shift) & (STEPS - 1));
}

/** The largest duration, in us, that a bucket holds. */
export function bucketUpperUs(bucket: number): number {
  if (bucket < STEPS) return bucket;
  const shift = Math.floor(bucket / STEPS) - 1;
  return (((bucket % STEPS) + STEPS + 1) << shift) - 1;
}

/** The smallest duration in ms that `ratio` (0–1) of the counted values do not exceed; null when nothing was counted. */
export function quantileMs(counts: ArrayLike<number>, ratio: number): number | null {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i] ?? 0;
  if (total === 0) return null;
  const rank = Math.max(1, Math.ceil(total * ratio));
  let seen = 0;
  for (let i = 0; i < counts.length; i++) {
    seen += counts[i] ?? 0;
    if (seen >= rank) return bucketUpperUs(i) / 1000;
  }
  return null;
}
