import { FULL_WIDTH, hint, type PlotArea, plotArea } from './frame.ts';
import { linearScale, spoken } from './scale.ts';
import { drawing, element, INK, label, line, seatColour } from './svg.ts';
import { labelStep } from './text.ts';

export interface BarChart {
  readonly title: string;
  readonly unit: string;
  /** A bar each. `beside` is what it is compared with: the simulation's value, on the same scale. */
  readonly bars: readonly { readonly name: string; readonly value: number; readonly beside: number | null }[];
  /** A line across: what every bar should reach. */
  readonly expected: number | null;
}

const PLOT_HEIGHT = 224;

/** Requests per replica: a bar each, the simulation's value as an outline beside it, the expected value as a line. */
export function barChart({ title, unit, bars, expected }: BarChart, width = FULL_WIDTH): string {
  const max = Math.max(1, expected ?? 0, ...bars.flatMap((bar) => [bar.value, bar.beside ?? 0]));
  const compared = bars.some((bar) => bar.beside !== null);
  const legend = [
    ...(compared ? [{ name: 'simulated', colour: INK.muted, style: 'band' as const }] : []),
    ...(expected === null ? [] : [{ name: `expected ${spoken(expected)}`, colour: INK.ink, style: 'dashed' as const }]),
  ];
  const area = plotArea({ title, unit, legend, max, width, plotHeight: PLOT_HEIGHT });
  const x = linearScale([0, Math.max(1, bars.length)], [area.left, area.right]);
  const band = (area.right - area.left) / Math.max(1, bars.length);
  const barWidth = Math.min(96, band * (compared ? 0.36 : 0.6));
  const valued =
    labelStep(
      compared ? band / 2 : band,
      bars.map((bar) => spoken(bar.value)),
    ) === 1;
  const named = labelStep(
    band,
    bars.map((bar) => bar.name),
  );
  const shapes = bars.map((bar, at) => {
    const middle = x(at + 0.5);
    const left = compared ? middle - barWidth : middle - barWidth / 2;
    return (
      solidBar(bar.name, bar.value, at, { left, width: barWidth, area, isValued: valued }) +
      (bar.beside === null ? '' : outlinedBar(bar.name, bar.beside, left + barWidth + 2, barWidth, area)) +
      (at % named === 0 ? label(middle, area.bottom + 18, bar.name, { 'text-anchor': 'middle', fill: INK.ink }) : '')
    );
  });
  const even = expected === null ? '' : expectedLine(expected, area);
  const description = bars.map((bar) => `${bar.name} ${spoken(bar.value)}`).join(', ');
  return drawing(area.size, { title, description }, [area.markup, ...shapes, even]);
}

interface BarPlace {
  readonly left: number;
  readonly width: number;
  readonly area: PlotArea;
  /** Whether its value has room above it. */
  readonly isValued: boolean;
}

function solidBar(name: string, value: number, at: number, { left, width, area, isValued }: BarPlace): string {
  const top = area.y(value);
  const shape = element(
    'rect',
    { x: left, y: top, width, height: Math.max(0, area.bottom - top), fill: seatColour(at), rx: 2 },
    hint(`${name}: ${spoken(value)}`),
  );
  if (!isValued) return shape;
  return shape + label(left + width / 2, top - 6, spoken(value), { 'text-anchor': 'middle', fill: INK.ink });
}

function outlinedBar(name: string, value: number, left: number, width: number, area: PlotArea): string {
  const top = area.y(value);
  return element(
    'rect',
    {
      x: left,
      y: top,
      width,
      height: Math.max(0, area.bottom - top),
      fill: INK.muted,
      'fill-opacity': 0.2,
      stroke: INK.muted,
      'stroke-width': 1,
      rx: 2,
    },
    hint(`${name}, simulated: ${spoken(value)}`),
  );
}

function expectedLine(expected: number, area: PlotArea): string {
  const y = area.y(expected);
  return line(area.left, y, area.right, y, { stroke: INK.ink, 'stroke-width': 1.5, 'stroke-dasharray': '6 4' });
}
