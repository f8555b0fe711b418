import type { KeyInspection, Preview, PreviewQuery, SlotInspection } from '../../lib/api/admin.ts';
import { accepted, type Result, refused } from '../../lib/api/errors.ts';
import { inspectKey, inspectSlot } from '../../lib/ring/inspect.ts';
import { previewChange, slotMoves } from '../../lib/ring/preview.ts';
import { servingTable } from '../../lib/ring/table.ts';
import type { Member, RingChange, SlotMove } from '../../lib/ring/types.ts';
import type { Fleet } from './fleet.ts';
import { planRefusal } from './refusals.ts';

function nameOf(fleet: Fleet, seat: number): { name: string; seat: number } | null {
  const member = fleet.ring.members.find((other) => other.seat === seat);
  return member === undefined ? null : { name: member.name, seat };
}

export function lookAtSlot(fleet: Fleet, slot: number): SlotInspection {
  const { owner, virtualNode, understudies } = inspectSlot(fleet.ring, slot);
  return {
    slot,
    owner: nameOf(fleet, owner),
    virtualNode: virtualNode < 0 ? null : virtualNode,
    understudies: understudies.flatMap((seat) => nameOf(fleet, seat) ?? []),
    serving: nameOf(fleet, fleet.serving()[slot] ?? 0),
  };
}

export function lookAtKey(fleet: Fleet, key: string): KeyInspection {
  const { hash, slot } = inspectKey(fleet.ring, key);
  return { key, hash, ...lookAtSlot(fleet, slot) };
}

interface Outcome {
  readonly targets: readonly Member[];
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly moves: readonly SlotMove[];
  readonly minimum: number;
}

function asPreview(fleet: Fleet, change: Preview['change'], outcome: Outcome): Preview {
  const { targets, before, after, moves, minimum } = outcome;
  const members = new Map([...fleet.ring.members, ...targets].map((member) => [member.seat, member]));
  const count = (table: readonly number[], seat: number): number => table.filter((owner) => owner === seat).length;
  return {
    change,
    targets: targets.map(({ name, seat }) => ({ name, seat })),
    before: [...before],
    after: [...after],
    shares: [...members.values()].map(({ name, seat }) => {
      return { name, seat, before: count(before, seat), after: count(after, seat) };
    }),
    moves: moves.map(({ from, to, slots }) => ({ from, to, slots: [...slots] })),
    moved: moves.reduce((sum, { slots }) => sum + slots.length, 0),
    minimum,
    epoch: fleet.ring.epoch,
  };
}

function changed(fleet: Fleet, targets: readonly Member[], change: RingChange): Outcome {
  const { before, after, moves, minimum } = previewChange(fleet.ring, change);
  return { targets, before: before.owner, after: after.owner, moves, minimum };
}

function previewAdd(fleet: Fleet, query: PreviewQuery): Result<Preview> {
  const plan = fleet.planNames({ n: query.n ?? Math.max(1, query.name.length), hostnames: query.name });
  if (!plan.ok) return planRefusal(plan);
  const members = fleet.planSeats(plan.names);
  return accepted(asPreview(fleet, 'add', changed(fleet, members, { kind: 'add', members })));
}

/** The ring stays; what changes is who serves the slots that the target serves now. */
function previewOut(fleet: Fleet, query: PreviewQuery, targets: readonly Member[]): Result<Preview> {
  const [target] = targets;
  if (target === undefined || targets.length > 1) {
    return refused('bad-request', `A preview of '${query.change}' takes exactly one name`);
  }
  const before = [...fleet.serving()];
  const after = [...servingTable(fleet.ring, (seat) => seat !== target.seat && fleet.isUp(seat))];
  const minimum = before.filter((seat) => seat === target.seat).length;
  return accepted(asPreview(fleet, query.change, { targets, before, after, moves: slotMoves(before, after), minimum }));
}

/** What a change would do, with nothing changed. */
export function previewOf(fleet: Fleet, query: PreviewQuery): Result<Preview> {
  if (query.change === 'add') return previewAdd(fleet, query);
  const unknown = query.name.find((name) => !fleet.ring.members.some((member) => member.name === name));
  if (unknown !== undefined) return planRefusal({ kind: 'name-unknown', name: unknown });
  const targets = query.name.flatMap((name) => fleet.ring.members.find((member) => member.name === name) ?? []);
  if (query.change !== 'remove') return previewOut(fleet, query, targets);
  if (targets.length === 0 || (query.n ?? targets.length) !== targets.length) {
    return refused(
      'bad-request',
      'A preview of a removal needs the names: those chosen at random are not known before',
    );
  }
  const names = targets.map(({ name }) => name);
  return accepted(asPreview(fleet, 'remove', changed(fleet, targets, { kind: 'remove', names })));
}
