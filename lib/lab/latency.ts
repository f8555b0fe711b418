import type { LoadFrame } from './load.ts';

/** The latency in ms that `ratio` (0 to 1) of the answers in these stretches do not exceed; null without answers. */
export function quantileOfFrames(frames: readonly LoadFrame[], ratio: number): number | null {
  const pairs = frames.flatMap((frame) => frame.latencies).sort((a, b) => a[0] - b[0]);
  const total = pairs.reduce((sum, [, count]) => sum + count, 0);
  const rank = Math.max(1, Math.ceil(total * ratio));
  let seen = 0;
  for (const [ms, count] of pairs) {
    seen += count;
    if (seen >= rank) return ms;
  }
  return null;
}
