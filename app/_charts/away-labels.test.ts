import { expect, test } from 'vitest';
import type { IncidentView } from '#lib/api/state.ts';
import { awayLabels } from './away-labels.ts';

const SPAN_MS = 120_000;
const UNTIL = 1_000_000;

function incident(secondsAgo: number, replica = 'S1', servingMs: number | null = 300): IncidentView {
  const steps = { noticedMs: 1, outOfRotationMs: 1, newInstanceMs: 100, servingMs, firstRequestMs: null };
  const counts = { requests: 0, retried: 0, lost: 0 };
  return {
    id: `${replica}-${secondsAgo}`,
    replica,
    cause: 'killed',
    at: UNTIL - secondsAgo * 1000,
    ...steps,
    ...counts,
  };
}

const labelled = (...incidents: IncidentView[]) => [...awayLabels(incidents, UNTIL, SPAN_MS).keys()];

test('words go towards the middle of the chart, and a long name is cut', () => {
  const labels = awayLabels([incident(115), incident(5, 'a-name-of-twenty-six-letters')], UNTIL, SPAN_MS);
  expect(labels.get('S1-115')).toEqual({ value: 'S1 away', position: 'insideTopLeft' });
  const right = { value: 'a-name-of-twent… away', position: 'insideTopRight' };
  expect(labels.get('a-name-of-twenty-six-letters-5')).toEqual(right);
});

test('where one follows another closely only the newer has words', () => {
  expect(labelled(incident(100), incident(90))).toEqual(['S1-90']);
});

test('words that would come from both sides of the middle and meet are those of the newer alone', () => {
  expect(labelled(incident(65), incident(40))).toEqual(['S1-40']);
});

test('one far from all others has words', () => {
  expect(labelled(incident(115), incident(10))).toEqual(['S1-10', 'S1-115']);
});

test('the newest of a crash loop has words, though it stands close to those before it', () => {
  expect(labelled(...[9, 7, 5, 3].map((ago) => incident(ago, 'S2')))).toEqual(['S2-3']);
});

test('a replica that is away still has words up to now', () => {
  expect(awayLabels([incident(20, 'S3', null)], UNTIL, SPAN_MS).get('S3-20')?.position).toBe('insideTopRight');
});
