import { emptyRing, freeSeat, place } from './place.ts';
import { MAX_REPLICAS, type Member, type Placement, type Ring } from './types.ts';

/** `count` members called S1, S2, … with seats from 1 on. */
export function membersUpTo(count: number): Member[] {
  return Array.from({ length: count }, (_, i) => ({ name: `S${i + 1}`, seat: i + 1 }));
}

/** A ring of `count` members, added one after another. */
export function ringOf(placement: Placement, count: number, seed = 1): Ring {
  return place(emptyRing(placement, seed), { kind: 'add', members: membersUpTo(count) });
}

/**
 * One change of membership: adds a member, with a new name and the smallest free seat, where `pick` is even and there
 * is room; removes one of the members where not. `pick` is a whole number >= 0.
 */
export function changeAtRandom(ring: Ring, pick: number): Ring {
  const leaving = ring.members[(pick >> 1) % Math.max(1, ring.members.length)];
  const mayAdd = pick % 2 === 0 && ring.members.length < MAX_REPLICAS;
  if (leaving && !mayAdd) return place(ring, { kind: 'remove', names: [leaving.name] });
  return place(ring, { kind: 'add', members: [{ name: `new-${ring.epoch}`, seat: freeSeat(ring, []) }] });
}

/** How often each seat occurs. */
export function countBySeat(seats: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const seat of seats) counts.set(seat, (counts.get(seat) ?? 0) + 1);
  return counts;
}
