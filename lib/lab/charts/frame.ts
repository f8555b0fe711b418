import { linearScale, spoken, ticksTo } from './scale.ts';
import { element, escapeXml, INK, label, line } from './svg.ts';

/** The room for data within a drawing, and how values map to it. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly y: (value: number) => number;
  readonly markup: string;
}

/** A title, horizontal lines at round values, and what the values are. */
export function plotArea(
  size: { readonly width: number; readonly height: number },
  { title, max, unit }: { readonly title: string; readonly max: number; readonly unit: string },
): PlotArea {
  const area = { left: 64, right: size.width - 16, top: 52, bottom: size.height - 44 };
  const ticks = ticksTo(max);
  const y = linearScale([0, ticks.at(-1) ?? 1], [area.bottom, area.top]);
  const grid = ticks.map(
    (tick) =>
      line(area.left, y(tick), area.right, y(tick), { stroke: INK.line, 'stroke-width': 1 }) +
      label(area.left - 8, y(tick) + 4, spoken(tick), { 'text-anchor': 'end' }),
  );
  const heading = label(0, 16, title, { fill: INK.ink, 'font-size': 14, 'font-weight': 600 });
  return { ...area, y, markup: heading + label(0, 36, unit) + grid.join('') };
}

export interface LegendEntry {
  readonly name: string;
  readonly colour: string;
  readonly style: 'fill' | 'line' | 'dashed' | 'band';
}

/** Marks and names from the right edge leftwards, level with the unit. */
export function legend(entries: readonly LegendEntry[], right: number, y = 36): string {
  let x = right;
  return entries
    .toReversed()
    .map(({ name, colour, style }) => {
      x -= name.length * 6.6;
      const words = label(x, y, name);
      x -= 22;
      const mark = legendMark(style, colour, x, y);
      x -= 14;
      return mark + words;
    })
    .join('');
}

function legendMark(style: LegendEntry['style'], colour: string, x: number, y: number): string {
  if (style === 'line' || style === 'dashed') {
    const dash = style === 'dashed' ? '4 3' : undefined;
    return line(x, y - 4, x + 16, y - 4, { stroke: colour, 'stroke-width': 2, 'stroke-dasharray': dash });
  }
  const opacity = style === 'band' ? 0.2 : undefined;
  return element('rect', { x: x + 3, y: y - 9, width: 10, height: 10, fill: colour, 'fill-opacity': opacity });
}

/** What a pointer resting on a shape is told. */
export function hint(words: string): string {
  return element('title', {}, escapeXml(words));
}
