/** A stretch of the past; wall times in ms. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

interface Point {
  readonly at: number;
}

/**
 * A point each step over the whole stretch: those there are, and empty ones where nothing was kept. As in the charts a
 * step without a point is one of those only where points are more than two steps apart; else it is as the one before.
 */
export function spreadOver<T extends Point>(
  points: readonly T[],
  { from, to }: Stretch,
  stepMs: number,
): (T | Point)[] {
  const stepOf = ({ at }: Point): number => Math.floor(at / stepMs);
  const byStep = new Map<number, T>();
  for (const [n, point] of points.entries()) {
    const next = points[n + 1];
    const goesOn = next !== undefined && next.at - point.at <= 2 * stepMs;
    byStep.set(stepOf(point), point);
    for (let step = stepOf(point) + 1; goesOn && step < stepOf(next); step++) {
      byStep.set(step, { ...point, at: step * stepMs });
    }
  }
  const first = stepOf({ at: from });
  const count = Math.ceil(to / stepMs) - first;
  return Array.from({ length: count }, (_, n) => byStep.get(first + n) ?? { at: (first + n) * stepMs });
}

/** Which points a stretch covers: the first and the last of them. */
export function indexesOf(points: readonly Point[], { from, to }: Stretch): { start: number; end: number } {
  const last = points.length - 1;
  const first = points.findIndex(({ at }) => at >= from);
  const start = first === -1 ? last : first;
  const end = points.findLastIndex(({ at }) => at < to);
  return { start: Math.min(start, Math.max(0, last - 1)), end: Math.max(end, Math.min(last, start + 1)) };
}

/** The stretch between two points, the last one's step included; null when that is all there is. */
export function chosenStretch(points: readonly Point[], start: number, end: number, stepMs: number): Stretch | null {
  const first = points[start];
  const last = points[end];
  if (first === undefined || last === undefined || (start === 0 && end === points.length - 1)) return null;
  return { from: first.at, to: last.at + stepMs };
}
