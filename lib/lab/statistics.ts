/** How evenly a total is spread over its parts. */
export interface Spread {
  readonly total: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** 1 is perfectly even; 0 when there is nothing. */
  readonly peakToMean: number;
  /** Standard deviation of all parts (not of a sample), divided by the mean. */
  readonly variation: number;
}

export function spreadOf(counts: readonly number[]): Spread {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (counts.length === 0 || total === 0) {
    return { total, mean: 0, min: 0, max: 0, peakToMean: 0, variation: 0 };
  }
  const mean = total / counts.length;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
  const max = Math.max(...counts);
  return { total, mean, min: Math.min(...counts), max, peakToMean: max / mean, variation: Math.sqrt(variance) / mean };
}

/** The smallest value that `ratio` (0 to 1) of the values do not exceed (nearest rank); null without values. */
export function percentileOf(values: readonly number[], ratio: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * ratio) - 1)] ?? null;
}

/**
 * The peak-to-mean ratio that pure chance gives when `requests` independent requests fall on `replicas` equal shares:
 * the mean of the largest of N normal values, Poisson-wide (Blom's estimate, within 5 %). No placement can do better
 * with random keys.
 */
export function chancePeak(requests: number, replicas: number): number {
  if (replicas < 2 || requests <= 0) return 1;
  const rank = (replicas - 0.375) / (replicas + 0.25);
  return 1 + inverseNormal(rank) * Math.sqrt(replicas / requests);
}

/** Acklam's rational approximation of the normal quantile for the middle and the upper tail; relative error below 1.2e-9. */
function inverseNormal(p: number): number {
  if (p > 0.97575) {
    const q = Math.sqrt(-2 * Math.log(1 - p));
    const top = ratioOf(
      q,
      [
        -7.784894002430293e-3, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
        2.938163982698783,
      ],
    );
    return -top / ratioOf(q, [7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1]);
  }
  const q = p - 0.5;
  const r = q * q;
  const top = ratioOf(
    r,
    [
      -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
      2.506628277459239,
    ],
  );
  return (
    (top * q) /
    ratioOf(r, [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1])
  );
}

function ratioOf(x: number, coefficients: readonly number[]): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
