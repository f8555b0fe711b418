import { fmix32 } from '../hash.ts';
import type { Layout } from '../placement-algorithm.ts';
import { MAX_SEAT, SLOT_COUNT } from '../types.ts';

/** How many understudies of a slot are chosen by load: so many members may be away at once and the rest stay even. */
const CHOSEN_PLACES = 3;
/** Bits that a seat number takes. */
const SEAT_BITS = 7;

/** Every slot's order of preference, as far as it is settled. */
interface Orders {
  /** For slot s the seats at `s * depth` and on. */
  readonly ranks: Uint8Array;
  readonly depth: number;
  /** The slots that each seat owns, by seat. */
  readonly homes: readonly (readonly number[])[];
  /** How many they are, by seat. */
  readonly shares: Uint16Array;
}

/**
 * Orders every slot's understudies so that, with one, two or three members away, their slots spread evenly over who is
 * left. Who comes after that is settled by rendezvous rank, which spreads evenly but for chance.
 */
export function rankBalanced(layout: Layout): Uint8Array {
  const orders = rendezvousOrders(layout);
  // The last place needs no choice: only one seat is left for it.
  for (let place = 1; place <= CHOSEN_PLACES && place < orders.depth - 1; place++) choosePlace(orders, place);
  return orders.ranks;
}

/** For each slot the owner, then the others by their hash with the slot. */
function rendezvousOrders({ members, owner }: Layout): Orders {
  const depth = members.length;
  const ranks = new Uint8Array(SLOT_COUNT * depth);
  const homes: number[][] = Array.from({ length: MAX_SEAT + 1 }, () => []);
  const keys = new Uint32Array(depth);
  for (const [slot, home] of owner.entries()) {
    homes[home]?.push(slot);
    // Hash and seat in one number, for a numeric sort; the owner's, without a hash, comes first.
    for (const [i, { seat }] of members.entries()) keys[i] = seat === home ? seat : hashedSeat(slot, seat);
    ranks.set(
      keys.sort().map((key) => key & MAX_SEAT),
      slot * depth,
    );
  }
  return { ranks, depth, homes, shares: Uint16Array.from(homes, (slots) => slots.length) };
}

/** The hash of slot and seat, with the seat in its low bits; more than any seat. */
function hashedSeat(slot: number, seat: number): number {
  const hash = fmix32((slot << SEAT_BITS) | seat) | (1 << SEAT_BITS);
  return (hash & ~MAX_SEAT) | seat;
}

/** Settles who comes at `place` in every slot's order, given that all places before it are settled. */
function choosePlace(orders: Orders, place: number): void {
  const { ranks, depth } = orders;
  /** Slots each seat answers for while the seats of the key are away. */
  const loadsOf = new Map<number, Uint16Array>();
  for (let start = 0; start < ranks.length; start += depth) {
    const away = [...ranks.subarray(start, start + place)].sort((a, b) => a - b);
    const key = away.reduce((bits, seat) => (bits << SEAT_BITS) | seat, 0);
    const loads = loadsOf.get(key) ?? loadsWithout(away, orders, place);
    loadsOf.set(key, loads);
    const chosen = leastLoaded(ranks, start + place, start + depth, loads);
    const seat = ranks[chosen] ?? 0;
    ranks.copyWithin(start + place + 1, start + place, chosen);
    ranks[start + place] = seat;
    loads[seat] = (loads[seat] ?? 0) + 1;
  }
}

/** Slots each seat answers for while others are away, as far as the first `settled` places tell. */
function loadsWithout(away: readonly number[], orders: Orders, settled: number): Uint16Array {
  const loads = orders.shares.slice();
  for (const seat of away) {
    for (const slot of orders.homes[seat] ?? []) {
      const understudy = firstPresent(away, orders.ranks, slot * orders.depth, settled);
      loads[understudy] = (loads[understudy] ?? 0) + 1;
    }
  }
  return loads;
}

/** The first of `length` seats from `start` on that is not away; 0 when all are. */
function firstPresent(away: readonly number[], ranks: Uint8Array, start: number, length: number): number {
  for (let i = start; i < start + length; i++) {
    const seat = ranks[i] ?? 0;
    if (!away.includes(seat)) return seat;
  }
  return 0;
}

/** Where from `start` up to `end` the least loaded seat stands; of equals the first. */
function leastLoaded(ranks: Uint8Array, start: number, end: number, loads: Uint16Array): number {
  let best = start;
  let least = Number.POSITIVE_INFINITY;
  for (let i = start; i < end; i++) {
    const load = loads[ranks[i] ?? 0] ?? 0;
    if (load >= least) continue;
    best = i;
    least = load;
  }
  return best;
}
