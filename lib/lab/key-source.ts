import { mulberry32 } from '../ring/random.ts';
import type { KeyPattern } from './key-pattern.ts';

const FIRST_ID = 100_000;
const IDS = 900_000;

/** An endless repeatable source of keys. With `none` it gives random six-digit ids, for who needs an id all the same. */
export function keySource(pattern: KeyPattern, seed: number): () => number {
  const random = mulberry32(seed);
  switch (pattern.kind) {
    case 'none':
    case 'random':
      return () => FIRST_ID + Math.floor(random() * IDS);
    case 'sequential': {
      let next = 0;
      return () => next++;
    }
    case 'uniform':
      return () => Math.floor(random() * pattern.keys);
    case 'zipf':
      return zipfSource(pattern.keys, pattern.exponent, random);
  }
}

/** Draws by the inverse of the cumulative weights: exact, and a binary search a key. */
function zipfSource(keys: number, exponent: number, random: () => number): () => number {
  const cumulative = new Float64Array(keys);
  let sum = 0;
  for (let rank = 1; rank <= keys; rank++) {
    sum += rank ** -exponent;
    cumulative[rank - 1] = sum;
  }
  return () => {
    const drawn = random() * sum;
    let low = 0;
    let high = keys - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cumulative[middle] ?? 0) > drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
