import { hint, legend, plotArea } from './frame.ts';
import { linearScale, spoken } from './scale.ts';
import { drawing, element, INK, label, line, seatColour } from './svg.ts';

export interface BarChart {
  readonly title: string;
  readonly unit: string;
  /** A bar each. `beside` is what it is compared with: the simulation's value, on the same scale. */
  readonly bars: readonly { readonly name: string; readonly value: number; readonly beside: number | null }[];
  /** A line across: what every bar should reach. */
  readonly expected: number | null;
}

const SIZE = { width: 720, height: 320 };

/** Requests per replica: a bar each, the simulation's value as an outline beside it, the expected value as a line. */
export function barChart({ title, unit, bars, expected }: BarChart): string {
  const max = Math.max(1, expected ?? 0, ...bars.flatMap((bar) => [bar.value, bar.beside ?? 0]));
  const area = plotArea(SIZE, { title, unit, max });
  const x = linearScale([0, Math.max(1, bars.length)], [area.left, area.right]);
  const compared = bars.some((bar) => bar.beside !== null);
  const band = (area.right - area.left) / Math.max(1, bars.length);
  const width = Math.min(96, band * (compared ? 0.36 : 0.6));
  const shapes = bars.map((bar, at) => {
    const middle = x(at + 0.5);
    const left = compared ? middle - width : middle - width / 2;
    return (
      solidBar(bar.name, bar.value, at, { left, width, area }) +
      (bar.beside === null ? '' : outlinedBar(bar.name, bar.beside, { left: left + width + 2, width, area })) +
      label(middle, area.bottom + 18, bar.name, { 'text-anchor': 'middle', fill: INK.ink })
    );
  });
  const even = expected === null ? '' : expectedLine(expected, area);
  const key = legend(
    [
      ...(compared ? [{ name: 'simulated', colour: INK.muted, style: 'band' as const }] : []),
      ...(expected === null
        ? []
        : [{ name: `expected ${spoken(expected)}`, colour: INK.ink, style: 'dashed' as const }]),
    ],
    area.right,
  );
  const description = bars.map((bar) => `${bar.name} ${spoken(bar.value)}`).join(', ');
  return drawing(SIZE, { title, description }, [area.markup, ...shapes, even, key]);
}

interface BarPlace {
  readonly left: number;
  readonly width: number;
  readonly area: ReturnType<typeof plotArea>;
}

function solidBar(name: string, value: number, at: number, { left, width, area }: BarPlace): string {
  const top = area.y(value);
  const shape = element(
    'rect',
    { x: left, y: top, width, height: Math.max(0, area.bottom - top), fill: seatColour(at), rx: 2 },
    hint(`${name}: ${spoken(value)}`),
  );
  return shape + label(left + width / 2, top - 6, spoken(value), { 'text-anchor': 'middle', fill: INK.ink });
}

function outlinedBar(name: string, value: number, { left, width, area }: BarPlace): string {
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

function expectedLine(expected: number, area: BarPlace['area']): string {
  const y = area.y(expected);
  return line(area.left, y, area.right, y, { stroke: INK.ink, 'stroke-width': 1.5, 'stroke-dasharray': '6 4' });
}
