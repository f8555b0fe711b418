import { SLOT_COUNT, VIRTUAL_NODES } from '../types.ts';
import { evenOut } from './even.ts';
import { type SlotTable, slotAt } from './slot-table.ts';

/** A run of the seat that leaves. */
interface Gap {
  readonly start: number;
  /** Who takes how many of its slots, in clockwise order: the neighbours first and last, between them who was let in. */
  readonly takers: number[];
  readonly takes: Map<number, number>;
}

/** Gives the slots of a seat that leaves to the others, evenly, moving hardly any other slot. */
export function removeSeat(table: SlotTable, seat: number, _seed: number): SlotTable {
  const before = table.owner.slice();
  const seats = table.seats().filter((other) => other !== seat);
  if (seats.length === 0) {
    for (let slot = 0; slot < SLOT_COUNT; slot++) table.give(slot, 0);
    return table;
  }
  const gaps = openGaps(table, seat);
  const loads = new Map(seats.map((other) => [other, table.share(other)]));
  for (const gap of gaps) for (const [taker, n] of gap.takes) loads.set(taker, (loads.get(taker) ?? 0) + n);
  balance(gaps, loads);
  letOthersIn(table, gaps, loads);
  fill(table, gaps);
  evenOut(table, before);
  return table;
}

function openGaps(table: SlotTable, seat: number): Gap[] {
  const runs = table.runs();
  const gaps: Gap[] = [];
  for (const [i, run] of runs.entries()) {
    if (run.seat !== seat) continue;
    const left = runs.at(i - 1)?.seat ?? 0;
    const right = runs[(i + 1) % runs.length]?.seat ?? 0;
    const takes = new Map([[left, run.length]]);
    if (right !== left) takes.set(right, 0);
    gaps.push({ start: run.start, takers: [...takes.keys()], takes });
  }
  return gaps;
}

/** Shifts slots between the takers of gaps along augmenting paths until no shift makes the loads more even. */
function balance(gaps: readonly Gap[], loads: Map<number, number>): void {
  while ([...loads].sort((a, b) => b[1] - a[1]).some(([from]) => relieve(from, gaps, loads)));
}

/** Moves one slot away from a seat, along the shortest path to the least loaded seat that it can reach. */
function relieve(from: number, gaps: readonly Gap[], loads: Map<number, number>): boolean {
  const arrivals = new Map<number, { readonly from: number; readonly gap: Gap }>();
  const queue = [from];
  let end = -1;
  let least = (loads.get(from) ?? 0) - 1;
  for (const giver of queue) {
    for (const gap of gaps) {
      if (!gap.takes.get(giver)) continue;
      for (const taker of gap.takers) {
        if (taker === from || arrivals.has(taker)) continue;
        arrivals.set(taker, { from: giver, gap });
        queue.push(taker);
        const load = loads.get(taker) ?? 0;
        if (load >= least) continue;
        least = load;
        end = taker;
      }
    }
  }
  if (end < 0) return false;
  bump(loads, from, -1);
  bump(loads, end, 1);
  for (let taker = end, step = arrivals.get(taker); step; taker = step.from, step = arrivals.get(taker)) {
    bump(step.gap.takes, step.from, -1);
    bump(step.gap.takes, taker, 1);
  }
  return true;
}

/** Lets a seat that is short and has fewer than 9 runs into the gap whose takers are the most loaded, again and again. */
function letOthersIn(table: SlotTable, gaps: readonly Gap[], loads: Map<number, number>): void {
  const floor = Math.floor(SLOT_COUNT / loads.size);
  const added = new Map<number, number>();
  for (;;) {
    const [short] = [...loads]
      .filter(([seat, load]) => load < floor && table.runCount(seat) + (added.get(seat) ?? 0) < VIRTUAL_NODES)
      .sort((a, b) => a[1] - b[1]);
    if (!short) return;
    const [seat] = short;
    const gap = mostLoaded(
      gaps.filter((other) => !other.takes.has(seat)),
      loads,
    );
    if (!gap || gap.load <= floor) return;
    gap.gap.takers.splice(-1, 0, seat);
    gap.gap.takes.set(seat, 0);
    bump(added, seat, 1);
    balance(gaps, loads);
  }
}

function mostLoaded(gaps: readonly Gap[], loads: ReadonlyMap<number, number>): { gap: Gap; load: number } | undefined {
  let best: { gap: Gap; load: number } | undefined;
  for (const gap of gaps) {
    let load = 0;
    for (const [taker, n] of gap.takes) if (n > 0) load = Math.max(load, loads.get(taker) ?? 0);
    if (!best || load > best.load) best = { gap, load };
  }
  return best;
}

function fill(table: SlotTable, gaps: readonly Gap[]): void {
  for (const gap of gaps) {
    let slot = gap.start;
    for (const taker of gap.takers) {
      for (let k = gap.takes.get(taker) ?? 0; k > 0; k--) {
        table.give(slot, taker);
        slot = slotAt(slot, 1);
      }
    }
  }
}

function bump(counts: Map<number, number>, seat: number, by: number): void {
  counts.set(seat, (counts.get(seat) ?? 0) + by);
}
