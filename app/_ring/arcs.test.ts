import { expect, test } from 'vitest';
import { SLOT_COUNT } from '#lib/ring/types.ts';
import { arcsOf, bandOf, comparisonOf } from './arcs.ts';

/** Two halves: seat 1 owns 0..255, seat 2 the rest. */
const halves = Array.from({ length: SLOT_COUNT }, (_, slot) => (slot < 256 ? 1 : 2));
const healthy = { owner: halves, serving: halves };
const secondAway = { owner: halves, serving: halves.map((seat, slot) => (seat === 2 ? (slot % 2) + 3 : seat)) };
const statuses = new Map([
  [1, 'serving'],
  [2, 'replacing'],
] as const);

test('in owner mode a slot whose owner does not answer is drawn as away', () => {
  expect(arcsOf('owner', secondAway, statuses, null)).toEqual([
    { seat: 1, start: 0, length: 256, kind: 'full' },
    { seat: 2, start: 256, length: 256, kind: 'away' },
  ]);
});

test('the inner band names who answers for each slot that is away, and is empty when all is well', () => {
  const band = bandOf('owner', secondAway, null);
  expect(band).toHaveLength(256);
  expect(band[0]).toEqual({ seat: 3, start: 256, length: 1, kind: 'full' });
  expect(bandOf('owner', healthy, null)).toEqual([]);
});

test('in health mode colour follows the state of the owner', () => {
  expect(arcsOf('health', healthy, statuses, null).map((arc) => arc.kind)).toEqual(['good', 'critical']);
});

test('in change mode only moved slots stand out, with their old owner on the band', () => {
  const after = halves.map((seat, slot) => (slot < 10 ? 3 : seat));
  const comparison = { before: halves, after };
  expect(arcsOf('change', healthy, statuses, comparison).filter((arc) => arc.kind === 'full')).toEqual([
    { seat: 3, start: 0, length: 10, kind: 'full' },
  ]);
  expect(bandOf('change', healthy, comparison)).toEqual([{ seat: 1, start: 0, length: 10, kind: 'full' }]);
});

test('without a change nothing stands out', () => {
  expect(new Set(arcsOf('change', healthy, statuses, null).map((arc) => arc.kind))).toEqual(new Set(['faint']));
  expect(bandOf('change', healthy, null)).toEqual([]);
});

test('a change asked about goes before the last one seen', () => {
  const preview = { before: halves, after: halves };
  expect(comparisonOf({ owner: halves }, { owner: [] }, preview)).toBe(preview);
  expect(comparisonOf({ owner: halves }, null, null)).toBeNull();
});
