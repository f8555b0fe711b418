import type { SecondFrame } from '#lib/api/events.ts';

/** A line of a chart. `key` names it in each point. */
export interface Line {
  readonly key: string;
  readonly name: string;
  /** 0 for what is gathered from several replicas. */
  readonly seat: number;
}

export type Point = Readonly<Record<string, number>> & { readonly at: number };

/** More lines than this cannot be told apart: the busiest are drawn, the others as one. */
export const MOST_LINES = 10;

type Figure = (replica: SecondFrame['replicas'][number]) => number;

/** Points and lines of a figure by replica, oldest first. */
export function linesOf(frames: readonly SecondFrame[], figure: Figure): { points: Point[]; lines: Line[] } {
  const shown = busiest(frames, figure);
  const seats = new Set(shown.map((line) => line.seat));
  const others = frames.some((frame) => frame.replicas.some((replica) => !seats.has(replica.seat)));
  const points = frames.map((frame) => {
    const point: Record<string, number> & { at: number } = { at: frame.at };
    for (const replica of frame.replicas) {
      const key = seats.has(replica.seat) ? `s${replica.seat}` : 'others';
      point[key] = (point[key] ?? 0) + figure(replica);
    }
    return point;
  });
  return { points, lines: others ? [...shown, { key: 'others', name: 'others', seat: 0 }] : shown };
}

/** In seat order, so that lines keep their place; the busiest where there are too many. */
function busiest(frames: readonly SecondFrame[], figure: Figure): Line[] {
  const sums = new Map<number, { name: string; sum: number }>();
  for (const frame of frames) {
    for (const replica of frame.replicas) {
      const sum = (sums.get(replica.seat)?.sum ?? 0) + figure(replica);
      sums.set(replica.seat, { name: replica.name, sum });
    }
  }
  const all = [...sums].map(([seat, { name, sum }]) => ({ key: `s${seat}`, name, seat, sum }));
  const kept = all.length <= MOST_LINES ? all : all.toSorted((a, b) => b.sum - a.sum).slice(0, MOST_LINES - 1);
  return kept.toSorted((a, b) => a.seat - b.seat).map(({ key, name, seat }) => ({ key, name, seat }));
}
