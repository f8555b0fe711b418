import { emptyRing, place } from '../../lib/ring/place.ts';
import { MAX_REPLICAS, type Member, type Placement, type Ring } from '../../lib/ring/types.ts';
import type { Instance } from './ports.ts';
import type { LoadedFleet } from './store.ts';

export interface AdoptionFacts {
  readonly stored: LoadedFleet;
  /** What runs now, of this fleet. */
  readonly instances: readonly Instance[];
  readonly placement: Placement;
  readonly seed: number;
  /** Fixed upstreams: whoever is listed is a member, and nobody else. */
  readonly fixed: boolean;
  /** Spares are wanted; one that has an empty seat to take is welcome anyway. */
  readonly standby: boolean;
}

/** How a balancer takes up what it finds at its start. */
export interface Adoption {
  readonly ring: Ring;
  readonly drained: readonly string[];
  /** By seat. */
  readonly adopted: ReadonlyMap<number, Instance>;
  /** By seat: the spares that wait for the end of the one above, or take an empty seat at once. */
  readonly standbys: ReadonlyMap<number, Instance>;
  /** Dead, doubled or unknown: to be removed. */
  readonly discarded: readonly Instance[];
  /** For people: what was done beyond the ordinary; null when nothing was. */
  readonly note: string | null;
}

function isAlive(instance: Instance): boolean {
  return instance.state !== 'exited';
}

/** Beside its instance a standby waits paused; one that runs there was never seen healthy. */
function isOfNoUse(spare: Instance, facts: AdoptionFacts): boolean {
  return spare.standby && (spare.state !== 'paused' || !facts.standby);
}

/** The running instances' own labels say who they are: the next best thing to a saved ring. */
function membersOf(instances: readonly Instance[]): readonly Member[] {
  const bySeat = new Map<number, Member>();
  const names = new Set<string>();
  for (const { name, seat } of instances.filter(isAlive)) {
    if (bySeat.has(seat) || names.has(name)) continue;
    bySeat.set(seat, { name, seat });
    names.add(name);
  }
  return [...bySeat.values()].sort((a, b) => a.seat - b.seat).slice(0, MAX_REPLICAS);
}

function rebuilt(members: readonly Member[], facts: AdoptionFacts, epoch: number): Ring {
  const ring = place(emptyRing(facts.placement, facts.seed), { kind: 'add', members });
  return { ...ring, epoch: Math.max(ring.epoch, epoch) };
}

/** The saved ring with those removed and added that the list of upstreams lacks or has more. */
function follow(ring: Ring, instances: readonly Instance[]): Ring {
  const isMember = ({ name, seat }: Member, others: readonly Member[]): boolean =>
    others.some((other) => other.name === name && other.seat === seat);
  const listed = membersOf(instances);
  const gone = ring.members.filter((member) => !isMember(member, listed)).map(({ name }) => name);
  const kept = place(ring, { kind: 'remove', names: gone });
  return place(kept, { kind: 'add', members: listed.filter((member) => !isMember(member, kept.members)) });
}

function chooseRing(facts: AdoptionFacts): { ring: Ring; note: string | null } {
  const { stored, placement } = facts;
  if (facts.fixed) {
    const saved = stored.kind === 'found' && stored.record.ring.placement === placement ? stored.record.ring : null;
    return { ring: follow(saved ?? emptyRing(placement, facts.seed), facts.instances), note: null };
  }
  if (stored.kind === 'found') {
    const { ring } = stored.record;
    if (ring.placement === placement) return { ring, note: null };
    const note = `placement changed from ${ring.placement} to ${placement}: the ring was laid out anew`;
    return { ring: rebuilt(ring.members, facts, ring.epoch + 1), note };
  }
  const members = membersOf(facts.instances);
  const ring = rebuilt(members, facts, 0);
  if (stored.kind === 'damaged') {
    return { ring, note: `${stored.detail}; the ring was rebuilt from ${members.length} running replicas` };
  }
  return { ring, note: members.length > 0 ? `no saved ring: rebuilt from ${members.length} running replicas` : null };
}

/** Decides which ring to go on with and which instance sits in which seat. */
export function planAdoption(facts: AdoptionFacts): Adoption {
  const { ring, note } = chooseRing(facts);
  const adopted = new Map<number, Instance>();
  const seats = new Map(ring.members.map((member) => [member.seat, member.name]));
  const standbys = new Map<number, Instance>();
  const newestFirst = [...facts.instances].sort((a, b) => b.startedAt - a.startedAt);
  const discarded: Instance[] = [];
  for (const instance of [...newestFirst.filter((one) => !one.standby), ...newestFirst.filter((one) => one.standby)]) {
    const taken = instance.standby ? standbys : adopted;
    const fits = isAlive(instance) && seats.get(instance.seat) === instance.name && !taken.has(instance.seat);
    const isSuperfluous = adopted.has(instance.seat) && isOfNoUse(instance, facts);
    if (fits && !isSuperfluous) taken.set(instance.seat, instance);
    else discarded.push(instance);
  }
  const drained = facts.stored.kind === 'found' ? facts.stored.record.drained : [];
  return { ring, drained, adopted, standbys, discarded, note };
}
