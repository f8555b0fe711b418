import { percentileOf } from '../statistics.ts';
import { hint, legend, plotArea } from './frame.ts';
import { linearScale, spoken } from './scale.ts';
import { drawing, element, INK, label, line, seatColour } from './svg.ts';

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

const SIZE = { width: 720, height: 360 };
const MARK_ROWS = 5;
/** A burst that few stretches reach is cut off at the top, so that the rest can be read. */
const TALLEST = 0.97;

/** Requests a second by replica, stacked over time, with a line for each step of a failure and its end. */
export function timelineChart({ title, frames, marks, trouble }: TimelineChart): string {
  const start = (frames[0]?.atMs ?? 0) - stretchOf(frames, 0);
  const end = Math.max(frames.at(-1)?.atMs ?? 1, ...marks.map((mark) => mark.atMs));
  const rates = frames.map((frame, at) => total(frame) / (stretchOf(frames, at) / 1000));
  const max = Math.max(1, percentileOf(rates, TALLEST) ?? 1) * 1.6;
  const area = plotArea(SIZE, { title, unit: 'requests a second', max });
  const x = linearScale([start, end], [area.left, area.right]);
  const names = [...new Set(frames.flatMap((frame) => frame.replicas.map(([name]) => name)))].sort(byNumber);
  const bars = frames.map((frame, at) =>
    stack(frame, stretchOf(frames, at), names, { x, y: (rate) => Math.max(area.top, area.y(rate)) }),
  );
  const shade = trouble ? [shadeOf(trouble, x, area)] : [];
  const key = legend(
    [
      ...names
        .slice(0, 8)
        .map((name, at) => ({ name: name || 'balancer', colour: seatColour(at), style: 'fill' as const })),
      { name: 'lost', colour: INK.critical, style: 'fill' },
    ],
    area.right,
  );
  const flags = marks.map((mark, at) => flag(mark, at, x, area));
  const seconds = secondMarks(start, end, marks[0]?.atMs ?? start, x, area.bottom);
  const description = marks.map((mark) => `${mark.name} at ${spoken(mark.atMs)} ms`).join(', ');
  return drawing(SIZE, { title, description }, [area.markup, ...shade, ...bars, ...flags, seconds, key]);
}

type Plot = ReturnType<typeof plotArea>;
type Scale = (value: number) => number;

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

function flag(mark: TimelineChart['marks'][number], at: number, x: Scale, area: Plot): string {
  const left = x(mark.atMs);
  const y = area.top + 4 + (at % MARK_ROWS) * 15;
  const nearEdge = left > area.right - 170;
  return (
    line(left, area.top, left, area.bottom, { stroke: INK.ink, 'stroke-width': 1, 'stroke-dasharray': '3 3' }) +
    label(nearEdge ? left - 5 : left + 5, y + 8, mark.name, {
      fill: INK.ink,
      stroke: INK.ground,
      'stroke-width': 3,
      'paint-order': 'stroke',
      'text-anchor': nearEdge ? 'end' : 'start',
    })
  );
}

function shadeOf(trouble: { readonly fromMs: number; readonly toMs: number }, x: Scale, area: Plot): string {
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
function secondMarks(start: number, end: number, zero: number, x: Scale, bottom: number): string {
  const step =
    [100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000].find((ms) => (end - start) / ms <= 9) ?? 120_000;
  const marks: string[] = [];
  for (let at = zero + Math.ceil((start - zero) / step) * step; at <= end; at += step) {
    marks.push(label(x(at), bottom + 18, `${spoken((at - zero) / 1000)} s`, { 'text-anchor': 'middle' }));
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
