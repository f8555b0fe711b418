import type { Point } from './series.ts';

/** A value in pixels of the chart; undefined where the chart has no size yet. */
type Scale = (value: number) => number | undefined;

/** A line through the points as the `d` of an SVG path, in tenths of a pixel; it breaks where a point has no value. */
export function linePath(points: readonly Point[], key: string, until: number, x: Scale, y: Scale): string {
  let path = '';
  let isDrawing = false;
  for (const point of points) {
    const value = point[key];
    if (value === undefined) {
      isDrawing = false;
      continue;
    }
    path += `${isDrawing ? 'L' : 'M'}${tenths(x(point.at - until))},${tenths(y(value))}`;
    isDrawing = true;
  }
  return path;
}

function tenths(pixels = 0): number {
  return Math.round(pixels * 10) / 10;
}
