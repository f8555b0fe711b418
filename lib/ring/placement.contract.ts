import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyRing, place } from './place.ts';
import { previewChange } from './preview.ts';
import { changeAtRandom, countBySeat, membersUpTo, ringOf } from './sample-rings.ts';
import { candidatesOf, ringTable, servingTable } from './table.ts';
import { MAX_REPLICAS, type Member, type Placement, type Ring, SLOT_COUNT, VIRTUAL_NODES } from './types.ts';

function growing(placement: Placement): Ring[] {
  const rings = [emptyRing(placement, 1)];
  for (const member of membersUpTo(MAX_REPLICAS)) {
    rings.push(place(rings.at(-1) ?? emptyRing(placement, 1), { kind: 'add', members: [member] }));
  }
  return rings;
}

function frozen(ring: Ring): Ring {
  for (const part of [ring.members, ring.owner, ring.virtualNodes]) {
    for (const item of part) Object.freeze(item);
    Object.freeze(part);
  }
  return Object.freeze(ring);
}

/** Who owns each slot by the definition: walk clockwise to the first virtual node. */
function ownersByWalking(ring: Ring): number[] {
  const seatAt = new Map(ring.virtualNodes.map((node) => [node.slot, node.seat]));
  return ring.owner.map((_, slot) => {
    for (let i = 0; i < SLOT_COUNT; i++) {
      const seat = seatAt.get((slot + i) % SLOT_COUNT);
      if (seat !== undefined) return seat;
    }
    return 0;
  });
}

function expectSound(ring: Ring): void {
  const seats = ring.members.map((member) => member.seat).sort((a, b) => a - b);
  const slots = ring.virtualNodes.map((node) => node.slot);
  expect(ring.owner).toHaveLength(SLOT_COUNT);
  expect(slots).toEqual([...new Set(slots)].sort((a, b) => a - b));
  expect(slots.every((slot) => Number.isInteger(slot) && slot >= 0 && slot < SLOT_COUNT)).toBe(true);
  const nodes = [...countBySeat(ring.virtualNodes.map((node) => node.seat))].sort(([a], [b]) => a - b);
  expect(nodes).toEqual(seats.map((seat) => [seat, VIRTUAL_NODES]));
  expect(ring.owner).toEqual(ownersByWalking(ring));
}

/** How many members a ring begins with, and random changes from there. */
interface History {
  readonly size: number;
  readonly picks: readonly number[];
}

const anyPick = fc.nat({ max: 10_000 });
const anyHistory: fc.Arbitrary<History> = fc.record({
  size: fc.integer({ min: 0, max: MAX_REPLICAS }),
  picks: fc.array(anyPick, { minLength: 1, maxLength: 12 }),
});

/** What every placement keeps to, whatever it is good at. */
export function placementContract(placement: Placement): void {
  const runs = { numRuns: 20 };
  /** A ring of each size, 0 to 56. */
  const grown = growing(placement);
  const replay = ({ size, picks }: History): Ring =>
    picks.reduce(changeAtRandom, grown[size] ?? emptyRing(placement, 1));

  describe(`a ${placement} ring`, () => {
    test('has 9 virtual nodes a member, and each slot belongs to the nearest clockwise, after any changes', () => {
      fc.assert(
        fc.property(anyHistory, ({ size, picks }) => {
          let ring = frozen(replay({ size, picks: [] }));
          expectSound(ring);
          for (const pick of picks) {
            const next = frozen(changeAtRandom(ring, pick));
            expect(next.epoch).toBe(ring.epoch + 1);
            expectSound(next);
            ring = next;
          }
        }),
        runs,
      );
    });

    test('is the same after the same changes, by way of JSON too', () => {
      fc.assert(
        fc.property(anyHistory, anyPick, (past, pick) => {
          const ring = replay(past);
          expect(replay(past)).toEqual(ring);
          const stored: Ring = JSON.parse(JSON.stringify(ring));
          expect(changeAtRandom(stored, pick)).toEqual(changeAtRandom(ring, pick));
        }),
        runs,
      );
    });

    test('offers for every slot its owner first, then every other member once', () => {
      fc.assert(
        fc.property(anyHistory, (past) => {
          const ring = replay(past);
          const table = ringTable(ring);
          const seats = ring.members.map((member) => member.seat).sort((a, b) => a - b);
          expect(table.candidates).toHaveLength(SLOT_COUNT * table.depth);
          expect([...table.owner]).toEqual(ring.owner);
          const firsts = ring.owner.map((_, slot) => candidatesOf(table, slot)[0] ?? 0);
          expect(firsts).toEqual(ring.owner);
          const orders = new Set(
            ring.owner.map((_, slot) =>
              candidatesOf(table, slot)
                .sort((a, b) => a - b)
                .join(),
            ),
          );
          expect([...orders]).toEqual([seats.join()]);
        }),
        runs,
      );
    });

    test('moves no slot but those of a member that is away, and is the identical table when it is back', () => {
      fc.assert(
        fc.property(anyHistory, anyPick, (past, pick) => {
          const ring = replay(past);
          const away = ring.members[pick % Math.max(1, ring.members.length)]?.seat ?? 0;
          const during = servingTable(ring, (seat) => seat !== away);
          const kept = ring.owner.filter((seat, slot) => seat !== away && during[slot] === seat);
          expect(kept).toHaveLength(ring.owner.filter((seat) => seat !== away).length);
          if (ring.members.length > 1) expect(during).not.toContain(away);
          expect([...servingTable(ring, () => true)]).toEqual(ring.owner);
        }),
        runs,
      );
    });

    test('is the same for the same seed and changes', () => {
      expect(growing(placement)).toEqual(grown);
    });

    test('is the same whether members come together or one after another, but for the epoch', () => {
      const together = ringOf(placement, 12);
      const oneByOne = membersUpTo(12).reduce(
        (ring, member) => place(ring, { kind: 'add', members: [member] }),
        emptyRing(placement, 1),
      );
      expect(oneByOne.epoch).toBe(12);
      expect(together).toEqual({ ...oneByOne, epoch: 1 });
      const names = ['S3', 'S7', 'S12'];
      const removed = names.reduce((ring, name) => place(ring, { kind: 'remove', names: [name] }), together);
      expect(place(together, { kind: 'remove', names })).toEqual({ ...removed, epoch: 2 });
    });

    test('is empty again when its last member leaves', () => {
      const empty = place(ringOf(placement, 3), { kind: 'remove', names: ['S2', 'S1', 'S3'] });
      expect(empty).toEqual({ ...emptyRing(placement, 1), epoch: 2 });
    });

    test('takes 56 members and refuses the 57th', () => {
      const full = replay({ size: MAX_REPLICAS, picks: [] });
      expectSound(full);
      const one: Member = { name: 'one-too-many', seat: MAX_REPLICAS + 1 };
      expect(() => place(full, { kind: 'add', members: [one] })).toThrow(
        expect.objectContaining({ code: 'ring-full' }),
      );
    });

    test('is previewed exactly as it will be', () => {
      const ring = ringOf(placement, 5);
      const change = { kind: 'remove', names: ['S2'] } as const;
      const preview = previewChange(ring, change);
      expect(preview.after).toEqual(place(ring, change));
      for (const { from, to, slots } of preview.moves) {
        expect(slots.filter((slot) => ring.owner[slot] !== from || preview.after.owner[slot] !== to)).toEqual([]);
      }
      expect(preview.moved).toBe(ring.owner.filter((seat, slot) => seat !== preview.after.owner[slot]).length);
    });
  });
}
