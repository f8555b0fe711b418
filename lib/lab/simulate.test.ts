import { expect, test } from 'vitest';
import { MAX_REPLICAS, PLACEMENTS } from '../ring/types.ts';
import { customFleet } from './custom-fleet.ts';
import { type HashPair, reachedSlots, requestSlots } from './custom-ring.ts';
import { emptyRingFleet, type Fleet, grow } from './fleet.ts';
import type { Polynomial } from './polynomial.ts';
import { parsePolynomial } from './polynomial-parser.ts';
import { countRequests, measureMovement, measureScheme } from './simulate.ts';
import { spreadOf } from './statistics.ts';

function polynomial(text: string, variables: readonly string[]): Polynomial {
  const result = parsePolynomial(text, variables);
  if (!result.ok) throw new Error(result.message);
  return result.polynomial;
}

function pair(request: string, virtualNode: string, probing: HashPair['probing']): HashPair {
  return { request: polynomial(request, ['i']), virtualNode: polynomial(virtualNode, ['i', 'j']), probing };
}

test('requests without a key fall evenly on the balanced ring', () => {
  const counts = countRequests(grow(emptyRingFleet('balanced', 1), 3), { kind: 'none' }, 10_000, 1);
  expect(spreadOf(counts).peakToMean).toBeLessThan(1.01);
  expect(counts.reduce((a, b) => a + b)).toBe(10_000);
});

test('the classic pair gives one of three replicas more than four fifths of the requests', () => {
  const counts = countRequests(grow(emptyRingFleet('classic-linear', 1), 3), { kind: 'random' }, 10_000, 1);
  expect(Math.max(...counts) / 10_000).toBeGreaterThan(0.8);
});

test.each([
  ['classic-linear', 'linear'],
  ['classic-quadratic', 'quadratic'],
] as const)('the classic functions typed in are %s to the last request', (placement, probing) => {
  const custom = customFleet(pair('i^2+2i+17', 'i^2+j^2+2j+25', probing));
  for (const n of [1, 3, 10, MAX_REPLICAS]) {
    const a = countRequests(grow(custom, n), { kind: 'random' }, 5000, n);
    expect(a).toEqual(countRequests(grow(emptyRingFleet(placement, 1), n), { kind: 'random' }, 5000, n));
  }
});

test('H reaches 87 slots, and a line reaches them all', () => {
  expect(reachedSlots(requestSlots(polynomial('i^2 + 2i + 17', ['i'])))).toBe(87);
  expect(reachedSlots(requestSlots(polynomial('5i + 3', ['i'])))).toBe(512);
});

test.each(PLACEMENTS)(
  '%s moves nothing it does not have to give up, or little more, when one joins or leaves',
  (placement) => {
    const fleet = grow(emptyRingFleet(placement, 1), 5);
    const { add, remove } = measureMovement(fleet, MAX_REPLICAS, 20_000, 1);
    const limit = placement === 'balanced' ? 1.05 : 4;
    expect(remove).toBeGreaterThan(0.99);
    expect(remove).toBeLessThan(limit);
    expect(add).toBeLessThan(limit);
  },
);

test('a fleet of one has nobody to leave, and a full one no room to join', () => {
  const one = grow(emptyRingFleet('balanced', 1), 1);
  expect(measureMovement(one, 1, 100, 1)).toEqual({ add: null, remove: null });
});

test('a fleet in which everything changes its place moves all keys', () => {
  const swapping = (names: readonly string[], shift: number): Fleet => ({
    names,
    route: (key) => (key + shift) % names.length,
    routeNext: () => 0,
    add: (name) => swapping([...names, name], shift),
    remove: (name) =>
      swapping(
        names.filter((other) => other !== name),
        shift + 1,
      ),
  });
  const { add } = measureMovement(swapping(['a', 'b', 'c'], 0), 10, 12_000, 1);
  // By the remainder, a quarter of the keys stay where they are; a quarter is all that had to move.
  expect(add).toBeCloseTo(3, 1);
});

test('what is measured of a scheme agrees with its counts', () => {
  const point = measureScheme(grow(emptyRingFleet('hashed', 1), 4), {
    pattern: { kind: 'random' },
    requests: 2000,
    seed: 5,
    maxReplicas: MAX_REPLICAS,
  });
  expect(point).toMatchObject({ n: 4, idle: 0 });
  expect(point.peakToMean).toBe(spreadOf(point.counts).peakToMean);
});
