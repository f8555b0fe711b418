import { murmur3 } from '../hash.ts';
import type { KeyLookup } from './key-lookup.ts';

/**
 * The ring of libketama (Last.fm, 2007), as memcached clients and nginx have it: many points for each member on a
 * circle of 2^32, nearest point clockwise. Points come from murmur3, not MD5: it spreads as well, and runs in browsers.
 */
export function ketama(names: readonly string[], pointsEach = 160): KeyLookup {
  const points = names
    .flatMap((name) => Array.from({ length: pointsEach }, (_, j) => ({ at: murmur3(`${name}-${j}`), name })))
    .sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1));
  const positions = Uint32Array.from(points, (point) => point.at);
  return (key) => (points[firstAtLeast(positions, murmur3(key))] ?? points[0])?.name ?? '';
}

/** Index of the first number in ascending order that is at least `value`; the length when none is. */
function firstAtLeast(sorted: Uint32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
