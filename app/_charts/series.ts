import type { SecondFrame } from '#lib/api/events.ts';

/** A line of a chart. `key` names it in each point. */
export interface Line {
  readonly key: string;
  readonly name: string;
  /** 0 for what is gathered from several replicas. */
  readonly seat: number;
}

export type Point = Readonly<Record<string, number>> & { readonly at: number };

/** More lines than this cannot be told apart: the busiest are drawn, the others as their mean, on the same scale. */
export const MOST_LINES = 10;

/** A line that is drawn gives its place up only to one that has this much more: else near equals would change each second. */
const CLEARLY_MORE = 1.1;

type Figure = (replica: SecondFrame['replicas'][number]) => number;

/** Points and lines of a figure by replica, oldest first; `drawn` are the lines that are drawn already. */
export function linesOf(
  frames: readonly SecondFrame[],
  figure: Figure,
  drawn: readonly Line[] = [],
): { points: Point[]; lines: Line[] } {
  const shown = busiest(frames, figure, new Set(drawn.map((line) => line.seat)));
  const seats = new Set(shown.map((line) => line.seat));
  const others = frames.some((frame) => frame.replicas.some((replica) => !seats.has(replica.seat)));
  const points = frames.map((frame) => pointOf(frame, seats, figure));
  return { points, lines: others ? [...shown, { key: 'others', name: 'mean of the others', seat: 0 }] : shown };
}

function pointOf(frame: SecondFrame, seats: ReadonlySet<number>, figure: Figure): Point {
  const point: Record<string, number> & { at: number } = { at: frame.at };
  const others: number[] = [];
  for (const replica of frame.replicas) {
    if (seats.has(replica.seat)) point[`s${replica.seat}`] = figure(replica);
    else others.push(figure(replica));
  }
  if (others.length > 0) point['others'] = others.reduce((sum, value) => sum + value, 0) / others.length;
  return point;
}

/** In seat order, so that lines keep their place; the busiest where there are too many. */
function busiest(frames: readonly SecondFrame[], figure: Figure, drawn: ReadonlySet<number>): Line[] {
  const sums = new Map<number, { name: string; sum: number }>();
  for (const frame of frames) {
    for (const replica of frame.replicas) {
      const sum = (sums.get(replica.seat)?.sum ?? 0) + figure(replica);
      sums.set(replica.seat, { name: replica.name, sum });
    }
  }
  const all = [...sums].map(([seat, { name, sum }]) => {
    return { key: `s${seat}`, name, seat, weight: drawn.has(seat) ? sum * CLEARLY_MORE : sum };
  });
  const kept = all.length <= MOST_LINES ? all : all.toSorted((a, b) => b.weight - a.weight).slice(0, MOST_LINES - 1);
  return kept.toSorted((a, b) => a.seat - b.seat).map(({ key, name, seat }) => ({ key, name, seat }));
}

/** Figures come each second; this long without any, ms, is no delay. */
const GAP_MS = 3_000;

/** An empty point wherever figures are missing for longer: no line goes through what nobody measured. */
export function withGaps(points: readonly Point[]): Point[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return before !== undefined && point.at - before.at > GAP_MS ? [{ at: before.at + 1_000 }, point] : [point];
  });
}
