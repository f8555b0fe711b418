import { percentileOf } from '../statistics.ts';
import { FULL_WIDTH, hint, type PlotArea, plotArea } from './frame.ts';
import type { LegendEntry } from './legend.ts';
import { linearScale, spoken } from './scale.ts';
import { drawing, element, INK, label, line, seatColour } from './svg.ts';
import { widthOf } from './text.ts';

interface TimelineFrame {
  /** End of the stretch, ms after the start of the load. */
  readonly atMs: number;
  readonly replicas: readonly (readonly [string, number])[];
  readonly failed: number;
}

export interface TimelineChart {
  readonly title: string;
  readonly frames: readonly TimelineFrame[];
  /** Moments that matter, on the clock of the frames. */
  readonly marks: readonly { readonly atMs: number; readonly name: string }[];
  /** The stretch in which something was wrong; drawn behind the bars. */
  readonly trouble: { readonly fromMs: number; readonly toMs: number } | null;
}

const PLOT_HEIGHT = 264;
/** One more than a failure has steps: none of them writes over another. */
const MARK_ROWS = 6;
/** More replicas than this are not named one by one. */
const NAMED = 8;
/** Between the times along the bottom, px. */
const TIME_SPACING = 70;
/** A burst that few stretches reach is cut off at the top, so that the rest can be read. */
const TALLEST = 0.97;

/** Requests a second by replica, stacked over time, with a line for each step of a failure and its end. */
export function timelineChart({ title, frames, marks, trouble }: TimelineChart, width = FULL_WIDTH): string {
  const start = (frames[0]?.atMs ?? 0) - stretchOf(frames, 0);
  const end = Math.max(frames.at(-1)?.atMs ?? 1, ...marks.map((mark) => mark.atMs));
  const rates = frames.map((frame, at) => total(frame) / (stretchOf(frames, at) / 1000));
  const max = Math.max(1, percentileOf(rates, TALLEST) ?? 1) * 1.6;
  const names = [...new Set(frames.flatMap((frame) => frame.replicas.map(([name]) => name)))].sort(byNumber);
  const unit = 'requests a second';
  const area = plotArea({ title, unit, legend: legendOf(names, frames), max, width, plotHeight: PLOT_HEIGHT });
  const x = linearScale([start, end], [area.left, area.right]);
  const bars = frames.map((frame, at) =>
    stack(frame, stretchOf(frames, at), names, { x, y: (rate) => Math.max(area.top, area.y(rate)) }),
  );
  const shade = trouble ? [shadeOf(trouble, x, area)] : [];
  const flags = [
    ...marks.map(({ atMs }, at) => markLine(at, x(atMs), area)),
    ...marks.map((mark, at) => markWords(mark.name, at, x(mark.atMs), area)),
  ];
  const seconds = secondMarks(start, end, marks[0]?.atMs ?? start, x, area);
  const description = marks.map((mark) => `${mark.name} at ${spoken(mark.atMs)} ms`).join(', ');
  return drawing(area.size, { title, description }, [area.markup, ...shade, ...bars, ...flags, seconds]);
}

type Scale = (value: number) => number;

function legendOf(names: readonly string[], frames: readonly TimelineFrame[]): LegendEntry[] {
  const more = names.length - NAMED;
  return [
    ...names
      .slice(0, NAMED)
      .map((name, at) => ({ name: name || 'balancer', colour: seatColour(at), style: 'fill' as const })),
    ...(more > 0 ? [{ name: `and ${more} more`, colour: INK.muted, style: 'none' as const }] : []),
    ...(frames.some(({ failed }) => failed > 0)
      ? [{ name: 'lost', colour: INK.critical, style: 'fill' as const }]
      : []),
  ];
}

function stack(
  frame: TimelineFrame,
  stretchMs: number,
  names: readonly string[],
  { x, y }: { readonly x: Scale; readonly y: Scale },
): string {
  const left = x(frame.atMs - stretchMs);
  const width = Math.max(0.5, x(frame.atMs) - left - 0.5);
  let below = 0;
  const piece = (count: number, fill: string, words: string): string => {
    if (count === 0) return '';
    const rate = count / (stretchMs / 1000);
    const top = y(below + rate);
    const height = y(below) - top;
    below += rate;
    return element('rect', { x: left, y: top, width, height, fill }, hint(words));
  };
  const counts = new Map(frame.replicas);
  const lost = piece(frame.failed, INK.critical, `lost: ${frame.failed}`);
  const parts = names.map((name, at) => piece(counts.get(name) ?? 0, seatColour(at), `${name}: ${counts.get(name)}`));
  return lost + parts.join('');
}

/** Begins at its own words: it crosses none of those of the marks before it, which stand above. */
function markLine(at: number, x: number, { top, bottom }: PlotArea): string {
  return line(x, top + rowOf(at), x, bottom, { stroke: INK.ink, 'stroke-width': 1, 'stroke-dasharray': '3 3' });
}

/** Where a mark's row begins, px below the top of the plot. */
function rowOf(at: number): number {
  return (at % MARK_ROWS) * 15;
}

/** Above all lines, in a row of their own each, as steps of a failure are close together. */
function markWords(words: string, at: number, x: number, area: PlotArea): string {
  return label(wordsAt(x, widthOf(words), area), area.top + rowOf(at) + 12, words, {
    fill: INK.ink,
    stroke: INK.ground,
    'stroke-width': 4,
    'paint-order': 'stroke',
  });
}

/** Words begin beside their line where they have room, else they end there; where neither, at the right edge. */
function wordsAt(x: number, width: number, { left, right }: PlotArea): number {
  if (x + 5 + width <= right) return x + 5;
  return x - 5 - width >= left ? x - 5 - width : right - width;
}

function shadeOf(trouble: { readonly fromMs: number; readonly toMs: number }, x: Scale, area: PlotArea): string {
  const left = x(trouble.fromMs);
  return element('rect', {
    x: left,
    y: area.top,
    width: Math.max(1, x(trouble.toMs) - left),
    height: area.bottom - area.top,
    fill: INK.critical,
    'fill-opacity': 0.08,
  });
}

/** Times along the bottom, counted from the first mark. */
function secondMarks(start: number, end: number, zero: number, x: Scale, area: PlotArea): string {
  const most = Math.max(1, (area.right - area.left) / TIME_SPACING);
  const step =
    [100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000].find((ms) => (end - start) / ms <= most) ?? 120_000;
  const marks: string[] = [];
  for (let at = zero + Math.ceil((start - zero) / step) * step; at <= end; at += step) {
    marks.push(label(x(at), area.bottom + 18, `${spoken((at - zero) / 1000)} s`, { 'text-anchor': 'middle' }));
  }
  return marks.join('');
}

function stretchOf(frames: readonly TimelineFrame[], at: number): number {
  const frame = frames[at];
  const before = frames[at - 1];
  if (frame && before) return Math.max(1, frame.atMs - before.atMs);
  const [first, second] = frames;
  return first && second ? Math.max(1, second.atMs - first.atMs) : Math.max(1, first?.atMs ?? 1);
}

function total(frame: TimelineFrame): number {
  return frame.failed + frame.replicas.reduce((sum, [, count]) => sum + count, 0);
}

/** S2 before S10. */
function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
