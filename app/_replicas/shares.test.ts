import { expect, test } from 'vitest';
import type { SecondFrame } from '#lib/api/events.ts';
import { replicaOf, stateOf } from '../_testing/state.ts';
import { ratiosOf, sharesOf } from './shares.ts';

/** A second in which S1, S2, … answered so many. */
function second(...answered: readonly number[]): SecondFrame {
  const replicas = answered.map((requestsPerSecond, at) => {
    const { name, seat, traffic, resources } = replicaOf(at + 1);
    return { name, seat, resources, traffic: { ...traffic, requestsPerSecond } };
  });
  return { at: 1, totals: stateOf(1).totals, replicas };
}

test('shares are told of the last ten seconds, not of the last one', () => {
  const frames = [second(900, 0), ...Array.from({ length: 9 }, () => second(10, 10)), second(0, 20)];
  expect([...ratiosOf(frames)]).toEqual([
    [1, 0.45],
    [2, 0.55],
  ]);
});

test('without requests nobody has a share, and all are due theirs', () => {
  expect(ratiosOf([second(0, 0)]).size).toBe(0);
  const replicas = [replicaOf(1, { slots: 128 }), replicaOf(2, { slots: 384 })];
  expect(sharesOf(replicas, [second(0, 0)]).map(({ ratio, due }) => [ratio, due])).toEqual([
    [0, 0.25],
    [0, 0.75],
  ]);
});
