import { expect, test } from 'vitest';
import { SLOT_COUNT } from '#lib/ring/types.ts';
import { arcsOf, bandAround, bandOf, comparisonOf } from './arcs.ts';

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

test('around one seat the band shows all who answer for it and for whom it answers, and nobody else', () => {
  const thirds = Array.from({ length: SLOT_COUNT }, (_, slot) => 1 + (slot % 3));
  // Seat 2 and seat 3 are away, and seat 1 answers for both.
  const alone = { owner: thirds, serving: thirds.map(() => 1) };
  const starts = (seat: number): number[] => bandAround(alone, seat).map((arc) => arc.start);
  const owned = (seat: number): number[] => thirds.flatMap((owner, slot) => (owner === seat ? [slot] : []));
  expect(starts(2)).toEqual(owned(2));
  expect(starts(3)).toEqual(owned(3));
  expect(bandAround(alone, 1).reduce((sum, arc) => sum + arc.length, 0)).toBe(owned(2).length + owned(3).length);
});
