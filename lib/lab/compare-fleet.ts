import { ketama } from '../ring/compare/ketama.ts';
import type { KeyLookup } from '../ring/compare/key-lookup.ts';
import { maglev } from '../ring/compare/maglev.ts';
import { rendezvous } from '../ring/compare/rendezvous.ts';
import type { Fleet } from './fleet.ts';

const LOOKUPS: Readonly<Record<'ketama' | 'maglev' | 'rendezvous', (names: readonly string[]) => KeyLookup>> = {
  ketama,
  maglev,
  rendezvous,
};

/** A fleet that spreads keys as others do. Without a key it goes by the random id: these know no walk. */
export function compareFleet(kind: keyof typeof LOOKUPS, names: readonly string[]): Fleet {
  const lookup = LOOKUPS[kind](names);
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const route = (key: number): number => indexOf.get(lookup(String(key))) ?? 0;
  return {
    names,
    route,
    routeNext: (_counter, id) => route(id),
    add: (name) => compareFleet(kind, [...names, name]),
    remove: (name) =>
      compareFleet(
        kind,
        names.filter((other) => other !== name),
      ),
  };
}
