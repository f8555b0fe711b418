import { murmur3 } from '../hash.ts';
import type { KeyLookup } from './key-lookup.ts';

/** Prime, and large against the number of members: the larger, the more even and the less it moves. */
const TABLE_SIZE = 65537;
const SKIP_SEED = 0x9747b28c;

/** Maglev hashing (Eisenbud et al., NSDI 2016, section 3.4): members take turns at filling a table, each in its own order. */
export function maglev(names: readonly string[], size = TABLE_SIZE): KeyLookup {
  const table = new Int16Array(size).fill(-1);
  // In order of names, so that the table does not depend on the order in which they are given.
  const sorted = names.toSorted();
  const turns = sorted.map((name) => preferences(name, size));
  for (let filled = 0; sorted.length > 0 && filled < size; filled++) {
    const member = filled % sorted.length;
    table[turns[member]?.((slot) => table[slot] === -1) ?? 0] = member;
  }
  return (key) => sorted[table[murmur3(key) % size] ?? 0] ?? '';
}

/** A member's own order of slots, all of them as `size` is prime; each call goes on to the next that is free. */
function preferences(name: string, size: number): (isFree: (slot: number) => boolean) => number {
  const skip = (murmur3(name, SKIP_SEED) % (size - 1)) + 1;
  let next = murmur3(name) % size;
  return (isFree) => {
    while (!isFree(next)) next = (next + skip) % size;
    return next;
  };
}
