import { classicRequestSlot, slotOfKey, walkSlot } from '../hash.ts';
import { emptyRing, freeSeat, place } from '../place.ts';
import type { Placement, Ring } from '../types.ts';
import type { KeyLookup } from './key-lookup.ts';

/** A fleet of named members under one way of spreading requests. Never mutated. */
export interface Fleet {
  readonly names: readonly string[];
  /** Who owns each unit of what is shared out: the 512 slots, or a sample of keys. */
  owners(): readonly string[];
  /** Who gets the i-th of a stream of random requests. */
  request(i: number): string;
  add(name: string): Fleet;
  remove(name: string): Fleet;
}

/** A way of spreading requests, put up against others. */
export interface Contender {
  readonly label: string;
  empty(): Fleet;
}

const SAMPLE = Array.from({ length: 8192 }, (_, i) => `sample-${i}`);

function requestKey(i: number): string {
  return `user-${i}`;
}

/** How the i-th request gets its slot. */
type SlotFunction = (i: number) => number;

export const byKey: SlotFunction = (i) => slotOfKey(requestKey(i));
export const byCounter: SlotFunction = walkSlot;
/** The assignment's H of six-digit request ids, in a mixed order. */
export const byClassicId: SlotFunction = (i) => classicRequestSlot(100_000 + (Math.imul(i, 7919) & 0x7ffff));

/** A ring of ours. */
export function ringContender(label: string, placement: Placement, slotOf: SlotFunction): Contender {
  const fleet = (ring: Ring): Fleet => {
    const nameOf = new Map(ring.members.map(({ name, seat }) => [seat, name]));
    return {
      names: ring.members.map((member) => member.name),
      owners: () => ring.owner.map((seat) => nameOf.get(seat) ?? ''),
      request: (i) => nameOf.get(ring.owner[slotOf(i)] ?? 0) ?? '',
      add: (name) => fleet(place(ring, { kind: 'add', members: [{ name, seat: freeSeat(ring, []) }] })),
      remove: (name) => fleet(place(ring, { kind: 'remove', names: [name] })),
    };
  };
  return { label, empty: () => fleet(emptyRing(placement, 1)) };
}

/** A method that is a function of the names alone. */
export function lookupContender(label: string, make: (names: readonly string[]) => KeyLookup): Contender {
  const fleet = (names: readonly string[]): Fleet => {
    const lookup = make(names);
    return {
      names,
      owners: () => SAMPLE.map(lookup),
      request: (i) => lookup(requestKey(i)),
      add: (name) => fleet([...names, name]),
      remove: (name) => fleet(names.filter((other) => other !== name)),
    };
  };
  return { label, empty: () => fleet([]) };
}
