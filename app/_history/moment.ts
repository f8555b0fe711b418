import type { Sample } from '#lib/api/samples.ts';

/** The last sample that is not after a moment; without a moment, or before all of them, the newest or the oldest. */
export function sampleAt(samples: readonly Sample[], at: number | null): Sample | null {
  if (at === null) return samples.at(-1) ?? null;
  return samples.findLast((sample) => sample.at <= at) ?? samples[0] ?? null;
}
