import { fmix32, murmur3 } from '../ring/hash.ts';
import type { Fleet } from './fleet.ts';

/** Points of each replica on ketama's circle of 2^32, as libketama has it. */
const KETAMA_POINTS = 160;
/** Entries of Maglev's table: its paper's smaller one. A prime, so that every skip visits all of it. */
const MAGLEV_ENTRIES = 65_537;
const SKIP_SEED = 0x5bd1e995;

type Route = (keyHash: number) => number;

const ROUTES: Readonly<Record<'ketama' | 'maglev' | 'rendezvous', (names: readonly string[]) => Route>> = {
  ketama,
  maglev,
  rendezvous,
};

/** A fleet that spreads keys as others do. Without a key it goes by the random id: these know no walk. */
export function compareFleet(kind: keyof typeof ROUTES, names: readonly string[]): Fleet {
  const route = ROUTES[kind](names);
  const byKey = (key: number): number => route(murmur3(String(key)));
  return {
    names,
    route: byKey,
    routeNext: (_counter, id) => byKey(id),
    add: (name) => compareFleet(kind, [...names, name]),
    remove: (name) =>
      compareFleet(
        kind,
        names.filter((other) => other !== name),
      ),
  };
}

/** Many hashed points for each replica; a key goes to the next one clockwise. Points by murmur3 in place of MD5. */
function ketama(names: readonly string[]): Route {
  const points = names
    .flatMap((name, index) => Array.from({ length: KETAMA_POINTS }, (_, j) => ({ at: murmur3(`${name}-${j}`), index })))
    .sort((a, b) => a.at - b.at);
  const places = Uint32Array.from(points, (point) => point.at);
  const owners = Uint16Array.from(points, (point) => point.index);
  return (hash) => {
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((places[middle] ?? 0) < hash) low = middle + 1;
      else high = middle;
    }
    return owners[low % places.length] ?? 0;
  };
}

/** Replicas take turns at claiming entries of a table, each in an order of its own (Eisenbud et al., NSDI 2016). */
function maglev(names: readonly string[]): Route {
  const table = new Int16Array(MAGLEV_ENTRIES).fill(-1);
  const next = names.map((name) => murmur3(name) % MAGLEV_ENTRIES);
  const skip = names.map((name) => (murmur3(name, SKIP_SEED) % (MAGLEV_ENTRIES - 1)) + 1);
  for (let filled = 0; filled < MAGLEV_ENTRIES && names.length > 0; ) {
    for (let index = 0; index < names.length && filled < MAGLEV_ENTRIES; index++) {
      let at = next[index] ?? 0;
      while (table[at] !== -1) at = (at + (skip[index] ?? 1)) % MAGLEV_ENTRIES;
      table[at] = index;
      next[index] = (at + (skip[index] ?? 1)) % MAGLEV_ENTRIES;
      filled++;
    }
  }
  return (hash) => table[hash % MAGLEV_ENTRIES] ?? 0;
}

/** Every replica draws a number for the key; the highest wins (Thaler and Ravishankar, 1996). */
function rendezvous(names: readonly string[]): Route {
  const seeds = Uint32Array.from(names, (name) => murmur3(name));
  return (hash) => {
    let best = -1;
    let winner = 0;
    for (let index = 0; index < seeds.length; index++) {
      const drawn = fmix32(hash ^ (seeds[index] ?? 0));
      if (drawn <= best) continue;
      best = drawn;
      winner = index;
    }
    return winner;
  };
}
