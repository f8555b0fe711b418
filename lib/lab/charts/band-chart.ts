import { hint, legend, plotArea } from './frame.ts';
import { extentOf, linearScale, spoken } from './scale.ts';
import { drawing, element, INK, label, polygon, polyline } from './svg.ts';

interface BandPoint {
  readonly x: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** Standard deviation divided by the mean. */
  readonly variation: number;
}

export interface BandChart {
  readonly title: string;
  readonly unit: string;
  readonly xName: string;
  readonly points: readonly BandPoint[];
  /** What it is compared with: only its lowest and highest are drawn, dashed. */
  readonly beside: readonly BandPoint[];
}

const SIZE = { width: 720, height: 340 };

/** The mean as a line and the lowest to the highest as a band; the coefficient of variation under each point. */
export function bandChart({ title, unit, xName, points, beside }: BandChart): string {
  const all = [...points, ...beside];
  const area = plotArea(SIZE, { title, unit, max: Math.max(1, ...all.map((point) => point.max)) });
  const x = linearScale(extentOf(all.map((point) => point.x)), [area.left + 36, area.right - 36]);
  const at = (get: (point: BandPoint) => number) => (point: BandPoint) => [x(point.x), area.y(get(point))] as const;
  const highest = points.map(at((point) => point.max));
  const lowest = points.map(at((point) => point.min));
  const dashed = { stroke: INK.second, 'stroke-width': 1.5, 'stroke-dasharray': '5 4' };
  const shapes = [
    polygon([...highest, ...lowest.toReversed()], { fill: INK.accent, 'fill-opacity': 0.2 }),
    polyline(points.map(at((point) => point.mean)), { stroke: INK.accent, 'stroke-width': 2 }),
    polyline(beside.map(at((point) => point.max)), dashed),
    polyline(beside.map(at((point) => point.min)), dashed),
    ...points.map((point) => marker(point, x(point.x), area.y(point.mean))),
    ...points.map((point) => footing(point, x(point.x), area.bottom)),
  ];
  const key = legend(
    [
      { name: 'mean', colour: INK.accent, style: 'line' },
      { name: 'lowest to highest', colour: INK.accent, style: 'band' },
      ...(beside.length > 0 ? [{ name: 'simulated', colour: INK.second, style: 'dashed' as const }] : []),
    ],
    area.right,
  );
  const description = points
    .map((p) => `${xName} ${p.x}: mean ${spoken(p.mean)}, ${spoken(p.min)} to ${spoken(p.max)}`)
    .join('; ');
  return drawing(SIZE, { title, description }, [area.markup, ...shapes, label(0, area.bottom + 18, xName), key]);
}

function marker(point: BandPoint, x: number, y: number): string {
  const words = `mean ${spoken(point.mean)}, lowest ${spoken(point.min)}, highest ${spoken(point.max)}`;
  return (
    element('circle', { cx: x, cy: y, r: 4, fill: INK.accent }, hint(words)) +
    label(x, y - 10, spoken(point.mean), { 'text-anchor': 'middle', fill: INK.ink })
  );
}

function footing(point: BandPoint, x: number, bottom: number): string {
  return (
    label(x, bottom + 18, String(point.x), { 'text-anchor': 'middle', fill: INK.ink }) +
    label(x, bottom + 36, `CV ${(point.variation * 100).toFixed(1)} %`, { 'text-anchor': 'middle' })
  );
}
