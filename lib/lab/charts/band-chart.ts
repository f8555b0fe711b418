import { FULL_WIDTH, hint, type PlotArea, plotArea } from './frame.ts';
import { extentOf, linearScale, spoken } from './scale.ts';
import { drawing, element, INK, label, polygon, polyline } from './svg.ts';
import { labelStep } from './text.ts';

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

const PLOT_HEIGHT = 244;
/** Between the edges of the plot and its first and last point, px. */
const INSET = 28;

/** The mean as a line and the lowest to the highest as a band; the coefficient of variation under each point. */
export function bandChart({ title, unit, xName, points, beside }: BandChart, width = FULL_WIDTH): string {
  const all = [...points, ...beside];
  const legend = [
    { name: 'mean', colour: INK.accent, style: 'line' as const },
    { name: 'lowest to highest', colour: INK.accent, style: 'band' as const },
    ...(beside.length > 0 ? [{ name: 'simulated', colour: INK.second, style: 'dashed' as const }] : []),
  ];
  const max = Math.max(1, ...all.map((point) => point.max));
  const area = plotArea({ title, unit, legend, max, width, plotHeight: PLOT_HEIGHT });
  const x = linearScale(extentOf(all.map((point) => point.x)), [area.left + INSET, area.right - INSET]);
  const at = (get: (point: BandPoint) => number) => (point: BandPoint) => [x(point.x), area.y(get(point))] as const;
  const highest = points.map(at((point) => point.max));
  const lowest = points.map(at((point) => point.min));
  const dashed = { stroke: INK.second, 'stroke-width': 1.5, 'stroke-dasharray': '5 4' };
  const shapes = [
    polygon([...highest, ...lowest.toReversed()], { fill: INK.accent, 'fill-opacity': 0.2 }),
    polyline(points.map(at((point) => point.mean)), { stroke: INK.accent, 'stroke-width': 2 }),
    polyline(beside.map(at((point) => point.max)), dashed),
    polyline(beside.map(at((point) => point.min)), dashed),
    ...points.map((point) => dot(point, x(point.x), area.y(point.mean))),
    words(points, x, area),
    label(0, area.bottom + 18, xName),
    label(0, area.bottom + 36, 'CV'),
  ];
  const description = points
    .map((p) => `${xName} ${p.x}: mean ${spoken(p.mean)}, ${spoken(p.min)} to ${spoken(p.max)}`)
    .join('; ');
  return drawing(area.size, { title, description }, [area.markup, ...shapes]);
}

function dot(point: BandPoint, x: number, y: number): string {
  const told = `mean ${spoken(point.mean)}, lowest ${spoken(point.min)}, highest ${spoken(point.max)}`;
  return element('circle', { cx: x, cy: y, r: 4, fill: INK.accent }, hint(told));
}

/** The mean above a point; its x and its variation below the plot. Where points are close only some have words. */
function words(points: readonly BandPoint[], x: (value: number) => number, area: PlotArea): string {
  const lines = points.map((p) => [spoken(p.mean), String(p.x), `${(p.variation * 100).toFixed(1)} %`] as const);
  const spacing = (area.right - area.left - 2 * INSET) / Math.max(1, points.length - 1);
  const step = labelStep(spacing, lines.flat());
  const middle = { 'text-anchor': 'middle' };
  return points
    .map((point, at) => {
      const [mean, name, variation] = lines[at] ?? ['', '', ''];
      if (at % step !== 0) return '';
      return (
        label(x(point.x), area.y(point.mean) - 10, mean, { ...middle, fill: INK.ink }) +
        label(x(point.x), area.bottom + 18, name, { ...middle, fill: INK.ink }) +
        label(x(point.x), area.bottom + 36, variation, middle)
      );
    })
    .join('');
}
