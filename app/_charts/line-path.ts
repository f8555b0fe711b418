import type { Point } from './series.ts';

/** A value in pixels of the chart; undefined where the chart has no size yet. */
type Scale = (value: number) => number | undefined;

/**
 * A line through the points as the `d` of an SVG path, in tenths of a pixel; it breaks where a point has no value. A point
 * with none beside it is closed at once, as a path of no length with round ends is a dot: else it would not be seen.
 */
export function linePath(points: readonly Point[], key: string, until: number, x: Scale, y: Scale): string {
  let path = '';
  let drawn = 0;
  for (const point of points) {
    const value = point[key];
    if (value === undefined) {
      if (drawn === 1) path += 'Z';
      drawn = 0;
      continue;
    }
    path += `${drawn > 0 ? 'L' : 'M'}${tenths(x(point.at - until))},${tenths(y(value))}`;
    drawn += 1;
  }
  return drawn === 1 ? `${path}Z` : path;
}

function tenths(pixels = 0): number {
  return Math.round(pixels * 10) / 10;
}
