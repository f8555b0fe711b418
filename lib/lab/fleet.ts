import { classicRequestSlot, slotOfKey, walkSlot } from '../ring/hash.ts';
import { emptyRing, freeSeat, place } from '../ring/place.ts';
import type { Placement, Ring } from '../ring/types.ts';

/** Replicas without servers: says who would get a request, and what joining and leaving does. Never mutated. */
export interface Fleet {
  readonly names: readonly string[];
  /** The index in `names` of the replica for a request with this key. Only for a fleet that is not empty. */
  route(key: number): number;
  /** The same for the counter-th request without a key. `id` is its random id, for schemes that go by ids alone. */
  routeNext(counter: number, id: number): number;
  /** `name` is new. Throws RingError `ring-full` above what the scheme takes. */
  add(name: string): Fleet;
  remove(name: string): Fleet;
}

/** The balancer's own ring and picking. */
export function ringFleet(ring: Ring): Fleet {
  const names = ring.members.map((member) => member.name);
  const owners = ownerIndexes(
    ring.owner,
    ring.members.map((member) => member.seat),
  );
  const byId = (id: number): number => owners[classicRequestSlot(id)] ?? 0;
  const byKey = (key: number): number => owners[slotOfKey(String(key))] ?? 0;
  const classic = ring.placement.startsWith('classic');
  return {
    names,
    route: classic ? byId : byKey,
    routeNext: classic ? (_counter, id) => byId(id) : (counter) => owners[walkSlot(counter)] ?? 0,
    add: (name) => ringFleet(place(ring, { kind: 'add', members: [{ name, seat: freeSeat(ring, []) }] })),
    remove: (name) => ringFleet(place(ring, { kind: 'remove', names: [name] })),
  };
}

export function emptyRingFleet(placement: Placement, seed: number): Fleet {
  return ringFleet(emptyRing(placement, seed));
}

/** From seats by slot to indexes by slot. */
export function ownerIndexes(owner: readonly number[], seats: readonly number[]): Uint8Array {
  return Uint8Array.from(owner, (seat) => Math.max(0, seats.indexOf(seat)));
}

/** S1 … Sn joining one after another. */
export function grow(empty: Fleet, n: number): Fleet {
  let fleet = empty;
  for (let i = 1; i <= n; i++) fleet = fleet.add(`S${i}`);
  return fleet;
}
