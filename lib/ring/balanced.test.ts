import { describe, expect, test } from 'vitest';
import { emptyRing, place } from './place.ts';
import { placementContract } from './placement.contract.ts';
import { previewChange } from './preview.ts';
import { mulberry32 } from './random.ts';
import { changeAtRandom, countBySeat, ringOf } from './sample-rings.ts';
import { type RingTable, ringTable, servingSeats } from './table.ts';
import { MAX_REPLICAS, type Ring, SLOT_COUNT, VIRTUAL_NODES } from './types.ts';

placementContract('balanced');

function expectEven(ring: Ring): void {
  const mean = SLOT_COUNT / ring.members.length;
  const shares = [...countBySeat(ring.owner).values()];
  const runEnds = ring.owner.filter((seat, slot) => seat !== ring.owner[(slot + 1) % SLOT_COUNT]);
  expect({
    owners: shares.length,
    smallest: Math.min(...shares),
    largest: Math.max(...shares),
    tooManyRuns: [...countBySeat(runEnds)].filter(([, runs]) => runs > VIRTUAL_NODES),
  }).toEqual({
    owners: ring.members.length,
    smallest: Math.floor(mean),
    largest: Math.ceil(mean),
    tooManyRuns: [],
  });
}

test('shares are floor or ceil of 512 / N in at most 9 runs at every N, growing and shrinking', () => {
  let ring = emptyRing('balanced', 7);
  for (let n = 1; n <= MAX_REPLICAS; n++) {
    ring = place(ring, { kind: 'add', members: [{ name: `S${n}`, seat: n }] });
    expectEven(ring);
  }
  for (let n = MAX_REPLICAS; n > 1; n--) {
    ring = changeAtRandom(ring, 2 * ((7 * n) % n) + 1);
    expectEven(ring);
  }
});

/** Slots moved / the fewest possible over 250 random adds and removes with `low` to `high` members; even throughout. */
function movement(low: number, high: number, start: number): number {
  const random = mulberry32(start);
  let moved = 0;
  let minimum = 0;
  let ring = ringOf('balanced', start);
  for (let i = 0; i < 250; i++) {
    const n = ring.members.length;
    const isAdd = n <= low || (n < high && random() < 0.5);
    const next = changeAtRandom(ring, 2 * Math.floor(random() * n) + (isAdd ? 0 : 1));
    expectEven(next);
    moved += next.owner.filter((seat, slot) => seat !== ring.owner[slot]).length;
    const present = new Set(next.owner);
    minimum += isAdd ? Math.floor(SLOT_COUNT / (n + 1)) : ring.owner.filter((seat) => !present.has(seat)).length;
    ring = next;
  }
  return moved / minimum;
}

// Four walks of 250 changes in each range: 1,000 in all.
test.each([
  ...[2, 5, 7, 10].map((start) => ({ low: 2, high: 10, start, bound: 1.002 })),
  ...[2, 12, 22, 32].map((start) => ({ low: 2, high: 32, start, bound: 1.02 })),
  ...[40, 56].map((start) => ({ low: 1, high: 56, start, bound: 1.01 })),
])('250 random changes with $low to $high members, $start at first, move at most $bound times the minimum', (walk) => {
  const ratio = movement(walk.low, walk.high, walk.start);
  expect(ratio).toBeGreaterThanOrEqual(1);
  expect(ratio).toBeLessThanOrEqual(walk.bound);
});

test('the preview of an add counts the floor of the new mean as the minimum', () => {
  for (const n of [1, 2, 3, 9, 31, 55]) {
    const preview = previewChange(ringOf('balanced', n), { kind: 'add', members: [{ name: 'x', seat: 100 }] });
    expect(preview.minimum).toBe(Math.floor(SLOT_COUNT / (n + 1)));
    expect(preview.moved).toBeGreaterThanOrEqual(preview.minimum);
  }
});

/** The busiest seat's slots against the mean of those who are left. */
function peakOverMean(table: RingTable, away: ReadonlySet<number>): number {
  const serving = servingSeats(table, (seat) => !away.has(seat));
  return (Math.max(...countBySeat(serving).values()) * (table.depth - away.size)) / SLOT_COUNT;
}

describe('with members away', () => {
  test.each([2, 3, 4, 5, 6, 7, 8, 9, 10])('any one of %i: the others are even to 2 %%', (n) => {
    const ring = ringOf('balanced', n);
    const peaks = ring.members.map(({ seat }) => peakOverMean(ringTable(ring), new Set([seat])));
    expect(Math.max(...peaks)).toBeLessThanOrEqual(1.02);
  });

  test('any two or three of ten: the others are even to 3 %', () => {
    const ring = ringOf('balanced', 10);
    const seats = ring.members.map((member) => member.seat);
    const groups = seats.flatMap((a) =>
      seats.flatMap((b) => seats.filter((c) => a <= b && b <= c).map((c) => [a, b, c])),
    );
    const table = ringTable(ring);
    const peaks = groups.map((group) => peakOverMean(table, new Set(group)));
    expect(Math.max(...peaks)).toBeLessThanOrEqual(1.03);
  });
});
