import { ALGORITHMS } from './algorithms.ts';
import type { Layout } from './placement-algorithm.ts';
import { RingError } from './ring-error.ts';
import {
  MAX_REPLICAS,
  MAX_SEAT,
  type Member,
  type Placement,
  type Ring,
  type RingChange,
  SLOT_COUNT,
} from './types.ts';

/** A ring without members. `seed` is a whole number; it breaks the ties of `balanced`. */
export function emptyRing(placement: Placement, seed: number): Ring {
  return { epoch: 0, placement, seed, members: [], owner: new Array<number>(SLOT_COUNT).fill(0), virtualNodes: [] };
}

/**
 * The ring after a change; the given one stays as it is. Several members are added or removed one after another, and
 * count as one epoch. A change that names nobody gives the same ring back. Throws RingError, with nothing applied.
 */
export function place(ring: Ring, change: RingChange): Ring {
  const layout = change.kind === 'add' ? addAll(ring, change.members) : removeAll(ring, change.names);
  if (layout === ring) return ring;
  const { members, owner, virtualNodes } = layout;
  return { epoch: ring.epoch + 1, placement: ring.placement, seed: ring.seed, members, owner, virtualNodes };
}

/** The smallest seat number that no member has and that is not reserved. Throws RingError `no-free-seat`. */
export function freeSeat(ring: Ring, reserved: Iterable<number>): number {
  const taken = new Set(reserved);
  for (const member of ring.members) taken.add(member.seat);
  for (let seat = 1; seat <= MAX_SEAT; seat++) if (!taken.has(seat)) return seat;
  throw new RingError('no-free-seat', `all ${MAX_SEAT} seats are in use`);
}

function addAll(ring: Ring, members: readonly Member[]): Layout {
  const algorithm = ALGORITHMS[ring.placement];
  return members.reduce<Layout>((layout, member) => {
    refuseNewMember(layout, member);
    return algorithm.add(layout, { name: member.name, seat: member.seat }, ring.seed);
  }, ring);
}

function removeAll(ring: Ring, names: readonly string[]): Layout {
  const algorithm = ALGORITHMS[ring.placement];
  return names.reduce<Layout>((layout, name) => {
    const member = layout.members.find((other) => other.name === name);
    if (!member) throw new RingError('name-unknown', `no replica is called '${name}'`);
    return algorithm.remove(layout, member, ring.seed);
  }, ring);
}

function refuseNewMember({ members }: Layout, { name, seat }: Member): void {
  if (members.length >= MAX_REPLICAS) throw new RingError('ring-full', `the ring takes ${MAX_REPLICAS} replicas`);
  if (!Number.isInteger(seat) || seat < 1 || seat > MAX_SEAT) {
    throw new RingError('seat-invalid', `seat ${seat} is not a whole number from 1 to ${MAX_SEAT}`);
  }
  if (members.some((other) => other.name === name))
    throw new RingError('name-taken', `'${name}' is on the ring already`);
  if (members.some((other) => other.seat === seat)) throw new RingError('seat-taken', `seat ${seat} is taken`);
}
