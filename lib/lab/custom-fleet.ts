import { RingError } from '../ring/ring-error.ts';
import { MAX_REPLICAS, type Member, SLOT_COUNT } from '../ring/types.ts';
import { customOwners, type HashPair, requestSlots } from './custom-ring.ts';
import { type Fleet, ownerIndexes } from './fleet.ts';

/** A fleet on a ring shaped by a user's own H and Φ. */
export function customFleet(pair: HashPair): Fleet {
  return fleetOf([], pair, requestSlots(pair.request));
}

function fleetOf(members: readonly Member[], pair: HashPair, slots: Uint16Array): Fleet {
  const owners = ownerIndexes(
    customOwners(members, pair),
    members.map((member) => member.seat),
  );
  const route = (id: number): number => owners[slots[id % SLOT_COUNT] ?? 0] ?? 0;
  return {
    names: members.map((member) => member.name),
    route,
    routeNext: (_counter, id) => route(id),
    add: (name) => fleetOf([...members, { name, seat: freeSeat(members) }], pair, slots),
    remove: (name) =>
      fleetOf(
        members.filter((member) => member.name !== name),
        pair,
        slots,
      ),
  };
}

function freeSeat(members: readonly Member[]): number {
  if (members.length >= MAX_REPLICAS) throw new RingError('ring-full', `the ring takes ${MAX_REPLICAS} replicas`);
  const taken = new Set(members.map((member) => member.seat));
  let seat = 1;
  while (taken.has(seat)) seat++;
  return seat;
}
