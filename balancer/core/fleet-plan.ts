import type { Random } from './ports.ts';

/** What is wrong with a request to change the fleet. */
export type PlanRefusal =
  | { readonly kind: 'too-many-names'; readonly change: 'add' | 'remove' }
  | { readonly kind: 'name-repeated' | 'name-taken' | 'name-unknown'; readonly name: string }
  | { readonly kind: 'too-many'; readonly limit: number; readonly change: 'add' | 'remove' };

export type Plan = { readonly ok: true; readonly names: readonly string[] } | ({ readonly ok: false } & PlanRefusal);

function refuse(refusal: PlanRefusal): Plan {
  return { ok: false, ...refusal };
}

function firstRepeated(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toLowerCase())) return name;
    seen.add(name.toLowerCase());
  }
  return undefined;
}

/** Names nobody has, in the order S1, S2, …: the lowest free numbers. Names are compared without regard to case. */
export function generateNames(count: number, taken: ReadonlySet<string>): readonly string[] {
  const names: string[] = [];
  for (let i = 1; names.length < count; i++) {
    if (!taken.has(`s${i}`)) names.push(`S${i}`);
  }
  return names;
}

export interface AddFacts {
  readonly members: readonly string[];
  /** Names that others hold and that are never generated; asking for one by name is the runtime's to refuse. */
  readonly reserved: readonly string[];
  readonly maxReplicas: number;
}

/** The names of `n` new replicas: those asked for, then generated ones. */
export function planAdd(n: number, asked: readonly string[], facts: AddFacts): Plan {
  if (asked.length > n) return refuse({ kind: 'too-many-names', change: 'add' });
  const repeated = firstRepeated(asked);
  if (repeated !== undefined) return refuse({ kind: 'name-repeated', name: repeated });
  const members = new Set(facts.members.map((name) => name.toLowerCase()));
  const taken = asked.find((name) => members.has(name.toLowerCase()));
  if (taken !== undefined) return refuse({ kind: 'name-taken', name: taken });
  const limit = facts.maxReplicas - facts.members.length;
  if (n > limit) return refuse({ kind: 'too-many', limit, change: 'add' });
  const avoid = new Set([...members, ...[...facts.reserved, ...asked].map((name) => name.toLowerCase())]);
  return { ok: true, names: [...asked, ...generateNames(n - asked.length, avoid)] };
}

/** The names of `n` replicas to remove: those asked for, the rest chosen at random. */
export function planRemove(n: number, asked: readonly string[], members: readonly string[], random: Random): Plan {
  if (asked.length > n) return refuse({ kind: 'too-many-names', change: 'remove' });
  const repeated = firstRepeated(asked);
  if (repeated !== undefined) return refuse({ kind: 'name-repeated', name: repeated });
  const unknown = asked.find((name) => !members.includes(name));
  if (unknown !== undefined) return refuse({ kind: 'name-unknown', name: unknown });
  if (n > members.length) return refuse({ kind: 'too-many', limit: members.length, change: 'remove' });
  const rest = members.filter((name) => !asked.includes(name));
  const names = [...asked];
  while (names.length < n) names.push(...rest.splice(Math.floor(random() * rest.length), 1));
  return { ok: true, names };
}
