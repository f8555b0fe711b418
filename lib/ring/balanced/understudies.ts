import { fmix32 } from '../hash.ts';
import type { Layout } from '../placement-algorithm.ts';
import { MAX_SEAT, SLOT_COUNT } from '../types.ts';

/** How many understudies of a slot are chosen by load: so many replicas may be away at once and the rest stay even. */
const BALANCED_UNDERSTUDIES = 3;

/**
 * Orders every slot's understudies so that, with one, two or three replicas away, the slots of those spread evenly
 * over who is left. Who comes after that is decided by rendezvous rank, which spreads evenly by chance.
 */
export function rankBalanced(layout: Layout): Uint8Array {
  const seats = layout.members.map((member) => member.seat);
  const depth = seats.length;
  const orders = Array.from({ length: SLOT_COUNT }, (_, slot) => rendezvousOrder(slot, layout.owner[slot] ?? 0, seats));
  for (let place = 1; place <= BALANCED_UNDERSTUDIES && place < depth - 1; place++) choosePlace(orders, place, seats);
  const ranks = new Uint8Array(SLOT_COUNT * depth);
  for (const [slot, order] of orders.entries()) ranks.set(order, slot * depth);
  return ranks;
}

/** The owner, then the others by the rank of their hash with the slot. */
function rendezvousOrder(slot: number, owner: number, seats: readonly number[]): Uint8Array {
  // Hash and seat in one number, so that a numeric sort ranks the seats; the owner's is the smallest.
  const keys = Uint32Array.from(seats, (seat) =>
    seat === owner ? seat : ((fmix32((slot << 7) | seat) | (MAX_SEAT + 1)) & ~MAX_SEAT) | seat,
  );
  keys.sort();
  return Uint8Array.from(keys, (key) => key & MAX_SEAT);
}

/** Settles who comes at `place` in every slot's order, given that all places before it are settled. */
function choosePlace(orders: readonly Uint8Array[], place: number, seats: readonly number[]): void {
  const slotsOf = new Map<number, number[]>(seats.map((seat) => [seat, []]));
  for (const [slot, order] of orders.entries()) slotsOf.get(order[0] ?? 0)?.push(slot);
  const loadsOf = new Map<string, Uint16Array>();
  for (const order of orders) {
    const away = [...order.subarray(0, place)].sort((a, b) => a - b);
    const key = away.join();
    let loads = loadsOf.get(key);
    if (!loads) {
      loads = loadsWithout(away, orders, slotsOf, place);
      loadsOf.set(key, loads);
    }
    const chosen = leastLoaded(order, place, loads);
    const seat = order[chosen] ?? 0;
    order.copyWithin(place + 1, place, chosen);
    order[place] = seat;
    loads[seat] = (loads[seat] ?? 0) + 1;
  }
}

/** Slots each seat answers for while others are away, as far as the first `settled` places of the orders tell. */
function loadsWithout(
  away: readonly number[],
  orders: readonly Uint8Array[],
  slotsOf: ReadonlyMap<number, readonly number[]>,
  settled: number,
): Uint16Array {
  const loads = new Uint16Array(MAX_SEAT + 1);
  for (const [seat, slots] of slotsOf) loads[seat] = slots.length;
  for (const seat of away) {
    for (const slot of slotsOf.get(seat) ?? []) {
      const server = orders[slot]?.subarray(0, settled).find((candidate) => !away.includes(candidate));
      if (server !== undefined) loads[server] = (loads[server] ?? 0) + 1;
    }
  }
  return loads;
}

/** The place, from `first` on, of the least loaded seat; of equals the one that comes first. */
function leastLoaded(order: Uint8Array, first: number, loads: Uint16Array): number {
  let best = first;
  for (let i = first + 1; i < order.length; i++) {
    if ((loads[order[i] ?? 0] ?? 0) < (loads[order[best] ?? 0] ?? 0)) best = i;
  }
  return best;
}
