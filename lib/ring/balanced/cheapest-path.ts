import type { Step } from './step.ts';

/**
 * The steps of the cheapest way from any of `starts` to any of `goals`, at least one step, last one first. `steps` is
 * indexed by the seat a step starts from. Throws when no goal can be reached, which cannot be on a ring of runs.
 */
export function cheapestPath(
  steps: readonly (readonly Step[])[],
  starts: readonly number[],
  goals: ReadonlySet<number>,
): Step[] {
  const costs = new Map(starts.map((seat) => [seat, 0]));
  const arrivals = new Map<number, Step>();
  const settled = new Set<number>();
  for (;;) {
    const seat = cheapestOpen(costs, settled);
    if (goals.has(seat)) return pathTo(seat, arrivals);
    settled.add(seat);
    const cost = costs.get(seat) ?? 0;
    for (const step of steps[seat] ?? []) {
      if (cost + step.cost >= (costs.get(step.to) ?? Number.POSITIVE_INFINITY)) continue;
      costs.set(step.to, cost + step.cost);
      arrivals.set(step.to, step);
    }
  }
}

/** A scan, as there are at most 56 seats: a heap would cost more than it saves. */
function cheapestOpen(costs: ReadonlyMap<number, number>, settled: ReadonlySet<number>): number {
  let best: number | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  for (const [seat, cost] of costs) {
    if (cost >= lowest || settled.has(seat)) continue;
    best = seat;
    lowest = cost;
  }
  if (best === undefined) throw new Error('no way from an overfull to an underfull seat');
  return best;
}

function pathTo(goal: number, arrivals: ReadonlyMap<number, Step>): Step[] {
  const path: Step[] = [];
  for (let step = arrivals.get(goal); step; step = arrivals.get(step.from)) path.push(step);
  return path;
}
