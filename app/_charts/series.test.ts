import { expect, test } from 'vitest';
import type { SecondFrame } from '#lib/api/events.ts';
import { replicaOf, stateOf } from '../_testing/state.ts';
import { linesOf, MOST_LINES, withGaps } from './series.ts';

function frame(at: number, rates: readonly number[]): SecondFrame {
  const replicas = rates.map((requestsPerSecond, index) => {
    const { name, seat, traffic, resources } = replicaOf(index + 1);
    return { name, seat, resources, traffic: { ...traffic, requestsPerSecond } };
  });
  return { at, totals: stateOf(1).totals, replicas };
}

const rate = (replica: SecondFrame['replicas'][number]) => replica.traffic.requestsPerSecond;

test('each replica is a line with a value a second', () => {
  const { points, lines } = linesOf([frame(1, [5, 6]), frame(2, [7, 8])], rate);
  expect(lines.map((line) => line.name)).toEqual(['S1', 'S2']);
  expect(points).toEqual([
    { at: 1, s1: 5, s2: 6 },
    { at: 2, s1: 7, s2: 8 },
  ]);
});

test('past ten the busiest keep their lines and the others are drawn as their mean', () => {
  const rates = Array.from({ length: 56 }, (_, index) => index);
  const { points, lines } = linesOf([frame(1, rates)], rate);
  expect(lines).toHaveLength(MOST_LINES);
  expect(lines.slice(0, 9).map((line) => line.name)).toEqual([
    'S48',
    'S49',
    'S50',
    'S51',
    'S52',
    'S53',
    'S54',
    'S55',
    'S56',
  ]);
  expect(points[0]?.['others']).toBe(23);
  expect(points[0]?.['s56']).toBe(55);
});

test('a replica that came later has no value before', () => {
  const { points } = linesOf([frame(1, [5]), frame(2, [5, 9])], rate);
  expect(points[0]).not.toHaveProperty('s2');
});

test('a line that is drawn stays until another replica has clearly more', () => {
  const rates = Array.from({ length: 56 }, () => 40);
  const before = linesOf([frame(1, rates)], rate).lines;
  const names = before.map((line) => line.name);
  const namesWith = (requestsOfLast: number) =>
    linesOf([frame(1, [...rates.slice(0, 55), requestsOfLast])], rate, before).lines.map((line) => line.name);
  expect(names).not.toContain('S56');
  expect(namesWith(42)).toEqual(names);
  expect(namesWith(50)).toContain('S56');
});

test('where seconds are missing an empty point breaks the line; one that is late does not', () => {
  const points = [1_000, 2_000, 4_500, 5_500, 9_000].map((at) => ({ at, s1: 1 }));
  expect(withGaps(points).map(({ at, ...figures }) => [at, Object.keys(figures).length])).toEqual([
    [1_000, 1],
    [2_000, 1],
    [4_500, 1],
    [5_500, 1],
    [6_500, 0],
    [9_000, 1],
  ]);
});
