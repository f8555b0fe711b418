import { MAX_SEAT, SLOT_COUNT } from '../types.ts';
import { type SlotTable, slotAt } from './slot-table.ts';

/** Of two paths that move as many slots, the one with fewer steps. */
const STEP_COST = 0.05;
/** Prefers not to use up a run of a single slot, which another change could still shift. */
const LAST_SLOT_COST = 0.5;

/** A slot that can change hands across a run's edge. */
interface Step {
  readonly from: number;
  readonly to: number;
  readonly slot: number;
  readonly cost: number;
}

/**
 * Shifts slots across the edges of runs until every share is floor or ceil of the mean, by the cheapest path from an
 * overfull to an underfull seat at a time. A slot that has changed hands since `before` moves again for nothing.
 * No seat's number of runs grows.
 */
export function evenOut(table: SlotTable, before: Uint8Array): void {
  const seats = table.seats();
  const floor = Math.floor(SLOT_COUNT / seats.length);
  const ceil = Math.ceil(SLOT_COUNT / seats.length);
  for (;;) {
    const overfull = seats.filter((seat) => table.share(seat) > ceil);
    const underfull = seats.filter((seat) => table.share(seat) < floor);
    if (overfull.length === 0 && underfull.length === 0) return;
    const givers = overfull.length > 0 ? overfull : seats.filter((seat) => table.share(seat) > floor);
    const takers = underfull.length > 0 ? underfull : seats.filter((seat) => table.share(seat) < ceil);
    const path = cheapestPath(edgeSteps(table, before), givers, new Set(takers));
    for (const { slot, to } of path) table.give(slot, to);
  }
}

/** The cheapest step between each two seats that have an edge in common, by the seat that gives. */
function edgeSteps(table: SlotTable, before: Uint8Array): Step[][] {
  const cheapest = new Map<number, Step>();
  const offer = (slot: number, to: number, isLast: boolean): void => {
    const from = table.at(slot);
    const cost = STEP_COST + (before[slot] === from ? 1 : 0) + (isLast ? LAST_SLOT_COST : 0);
    const key = from * (MAX_SEAT + 1) + to;
    const known = cheapest.get(key);
    if (!known || cost < known.cost) cheapest.set(key, { from, to, slot, cost });
  };
  for (let slot = 0; slot < SLOT_COUNT; slot++) {
    if (!table.endsAt(slot)) continue;
    const next = slotAt(slot, 1);
    offer(slot, table.at(next), table.endsAt(slotAt(slot, -1)));
    offer(next, table.at(slot), table.endsAt(next));
  }
  const bySeat: Step[][] = Array.from({ length: MAX_SEAT + 1 }, () => []);
  for (const step of cheapest.values()) bySeat[step.from]?.push(step);
  return bySeat;
}

/** Dijkstra from all givers at once to the nearest taker. Every seat is reached: the ring is one circle of runs. */
function cheapestPath(steps: Step[][], givers: readonly number[], takers: ReadonlySet<number>): Step[] {
  const costs = new Map(givers.map((seat) => [seat, 0]));
  const arrivals = new Map<number, Step>();
  const settled = new Set<number>();
  for (;;) {
    const seat = cheapestOpen(costs, settled);
    if (takers.has(seat) && arrivals.has(seat)) return pathTo(seat, arrivals);
    settled.add(seat);
    for (const step of steps[seat] ?? []) {
      const cost = (costs.get(seat) ?? 0) + step.cost;
      if (cost >= (costs.get(step.to) ?? Number.POSITIVE_INFINITY)) continue;
      costs.set(step.to, cost);
      arrivals.set(step.to, step);
    }
  }
}

function cheapestOpen(costs: ReadonlyMap<number, number>, settled: ReadonlySet<number>): number {
  let best = -1;
  let lowest = Number.POSITIVE_INFINITY;
  for (const [seat, cost] of costs) {
    if (cost >= lowest || settled.has(seat)) continue;
    best = seat;
    lowest = cost;
  }
  if (best < 0) throw new Error('no path from an overfull to an underfull seat');
  return best;
}

function pathTo(seat: number, arrivals: ReadonlyMap<number, Step>): Step[] {
  const path: Step[] = [];
  for (let step = arrivals.get(seat); step; step = arrivals.get(step.from)) path.push(step);
  return path;
}
