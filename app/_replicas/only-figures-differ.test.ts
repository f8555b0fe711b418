import { expect, test } from 'vitest';
import { replicaOf } from '../_testing/state.ts';
import { onlyFiguresDiffer } from './only-figures-differ.ts';

const replica = replicaOf(1);

test('new figures of traffic alone do not count as another state', () => {
  const after = { ...replica, traffic: { ...replica.traffic, requestsPerSecond: 77 } };
  expect(onlyFiguresDiffer(replica, after)).toBe(true);
});

test('another status, other slots or a restart do', () => {
  expect(onlyFiguresDiffer(replica, { ...replica, status: 'down' })).toBe(false);
  expect(onlyFiguresDiffer(replica, { ...replica, slots: replica.slots + 1 })).toBe(false);
  expect(onlyFiguresDiffer(replica, { ...replica, restarts: 1 })).toBe(false);
});
