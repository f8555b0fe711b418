import { expect, test } from 'vitest';
import type { IncidentView } from '#lib/api/state.ts';
import { median, mergeIncidents } from './incident-figures.ts';

const incident = (id: string, at: number, servingMs: number | null): IncidentView => ({
  id,
  at,
  servingMs,
  replica: 'S1',
  cause: 'killed',
  noticedMs: null,
  outOfRotationMs: null,
  newInstanceMs: null,
  firstRequestMs: null,
  requests: 0,
  retried: 0,
  lost: 0,
});

test('a failure that still runs is shown as it is now, not as it was stored', () => {
  const merged = mergeIncidents([incident('b', 2, 300)], [incident('b', 2, null), incident('a', 1, 200)]);
  expect(merged.map(({ id, servingMs }) => [id, servingMs])).toEqual([
    ['b', 300],
    ['a', 200],
  ]);
});

test.each([
  [[], null],
  [[5], 5],
  [[9, 1], 5],
  [[9, 1, 2], 2],
])('the median of %j is %s', (values, middle) => {
  expect(median(values)).toBe(middle);
});
