import { expect, test } from 'vitest';
import { compareFleet } from './compare-fleet.ts';
import { emptyFleet, reachOf } from './empty-fleet.ts';
import { grow } from './fleet.ts';
import { ALL_SCHEMES, scheme } from './scheme.ts';
import { countRequests, measureMovement } from './simulate.ts';
import { chancePeak, spreadOf } from './statistics.ts';

/** Figures published for these schemes, with room for the seed: peak to mean at N = 10, keys moved against the fewest. */
test.each([
  ['ketama', 1.25, 1.3],
  ['maglev', 1.06, 1.6],
  ['rendezvous', 1.06, 1.1],
] as const)('%s is as even and moves as few keys as is known of it', (kind, peak, movement) => {
  const fleet = grow(compareFleet(kind, []), 10);
  const counts = countRequests(fleet, { kind: 'random' }, 50_000, 1);
  expect(spreadOf(counts).peakToMean).toBeLessThan(peak);
  const { add, remove } = measureMovement(fleet, 100, 20_000, 1);
  expect(add).toBeLessThan(movement);
  expect(remove).toBeGreaterThan(0.999);
  expect(remove).toBeLessThan(movement);
});

test('rendezvous and ketama move nothing but what has to move when one leaves', () => {
  for (const kind of ['rendezvous', 'ketama'] as const) {
    expect(measureMovement(grow(compareFleet(kind, []), 7), 100, 5000, 1).remove).toBe(1);
  }
});

test('a fleet of one takes everything, whatever the scheme', () => {
  for (const given of ALL_SCHEMES) {
    expect(countRequests(grow(emptyFleet(given, 1), 1), { kind: 'random' }, 100, 1)).toEqual([100]);
  }
});

test('only what hashes keys reaches every slot', () => {
  expect(reachOf({ kind: 'ring', placement: 'classic-linear' })).toBe(87);
  expect(reachOf({ kind: 'ring', placement: 'balanced' })).toBeNull();
  expect(reachOf({ kind: 'maglev' })).toBeNull();
  expect(reachOf(scheme.parse({ kind: 'custom', request: 'i^2', virtualNode: 'j' }))).toBeLessThan(512);
  expect(reachOf(scheme.parse({ kind: 'custom', request: '3i', virtualNode: 'j' }))).toBe(512);
});

test('balanced is as even as chance allows at every size', () => {
  for (const n of [2, 3, 10, 56]) {
    const counts = countRequests(
      grow(emptyFleet({ kind: 'ring', placement: 'balanced' }, 1), n),
      { kind: 'random' },
      100_000,
      1,
    );
    // Shares differ by one slot at most: that much on top of chance.
    expect(spreadOf(counts).peakToMean - 1).toBeLessThan((chancePeak(100_000, n) - 1) * 1.6 + n / 512);
  }
});
