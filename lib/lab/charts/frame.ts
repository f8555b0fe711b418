import { type LegendEntry, legendRow, legendRows, rowWidth } from './legend.ts';
import { linearScale, spoken, ticksTo } from './scale.ts';
import { element, escapeXml, INK, label, line } from './svg.ts';
import { widthOf, wrapped } from './text.ts';

/** How wide a drawing is where its place does not decide, as in a report or a file; px. */
export const FULL_WIDTH = 720;
const TITLE_SIZE = 14;
const TITLE_LEADING = 18;
const LEADING = 16;
const BELOW_HEAD = 16;
/** Between the words of the unit and a legend beside them, px. */
const APART = 24;

interface Head {
  readonly title: string;
  /** What the values are. */
  readonly unit: string;
  readonly legend?: readonly LegendEntry[];
  readonly width: number;
}

/** A title, the unit, and what the marks mean: beside the unit where there is room, else below. `height` is theirs, px. */
export function headOf({ title, unit, legend = [], width }: Head): {
  readonly markup: string;
  readonly height: number;
} {
  const titles = wrapped(title, width, TITLE_SIZE);
  const units = wrapped(unit, width);
  const beside = units.length === 1 && widthOf(unit) + APART + rowWidth(legend) <= width;
  const rows = beside ? [] : legendRows(legend, width);
  const unitTop = (titles.length - 1) * TITLE_LEADING + 36;
  const last = unitTop + (units.length - 1) * LEADING;
  const marks = beside
    ? legendRow(legend, width - rowWidth(legend), last)
    : rows.map((row, at) => legendRow(row, 0, last + (at + 1) * LEADING + 4)).join('');
  const markup = [
    ...titles.map((words, at) =>
      label(0, 16 + at * TITLE_LEADING, words, { fill: INK.ink, 'font-size': TITLE_SIZE, 'font-weight': 600 }),
    ),
    ...units.map((words, at) => label(0, unitTop + at * LEADING, words)),
    marks,
  ].join('');
  return { markup, height: last + (rows.length === 0 ? 0 : rows.length * LEADING + 4) };
}

/** The room for data within a drawing, and how values map to it. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly y: (value: number) => number;
  readonly markup: string;
  /** Of the whole drawing. */
  readonly size: { readonly width: number; readonly height: number };
}

interface Plot extends Head {
  readonly max: number;
  /** Of the data alone, px. */
  readonly plotHeight: number;
}

/** A head, and horizontal lines at round values; below the data there is room for two lines of words. */
export function plotArea({ max, plotHeight, ...heading }: Plot): PlotArea {
  const head = headOf(heading);
  const ticks = ticksTo(max);
  const left = Math.max(32, ...ticks.map((tick) => widthOf(spoken(tick)) + 12));
  const top = head.height + BELOW_HEAD;
  const area = { left, right: heading.width - BELOW_HEAD, top, bottom: top + plotHeight };
  const y = linearScale([0, ticks.at(-1) ?? 1], [area.bottom, area.top]);
  const grid = ticks.map(
    (tick) =>
      line(area.left, y(tick), area.right, y(tick), { stroke: INK.line, 'stroke-width': 1 }) +
      label(area.left - 8, y(tick) + 4, spoken(tick), { 'text-anchor': 'end' }),
  );
  const size = { width: heading.width, height: area.bottom + 44 };
  return { ...area, y, markup: head.markup + grid.join(''), size };
}

/** What a pointer resting on a shape is told. */
export function hint(words: string): string {
  return element('title', {}, escapeXml(words));
}
