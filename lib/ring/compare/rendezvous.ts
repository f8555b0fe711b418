import { fmix32, murmur3 } from '../hash.ts';
import type { KeyLookup } from './key-lookup.ts';

/** Highest random weight (Thaler and Ravishankar, 1996): every member is asked for every key, the highest hash wins. */
export function rendezvous(names: readonly string[]): KeyLookup {
  const members = names.map((name) => ({ name, hash: murmur3(name) }));
  return (key) => {
    const keyHash = murmur3(key);
    let winner = '';
    let highest = -1;
    for (const { name, hash } of members) {
      const weight = fmix32(keyHash ^ hash);
      if (weight < highest || (weight === highest && name > winner)) continue;
      winner = name;
      highest = weight;
    }
    return winner;
  };
}
