import { expect, test } from 'vitest';
import { eject, isOutlier, NO_RECORD, type OutlierRecord, observeAnswers } from './outlier.ts';

const policy = { consecutiveErrors: 5, baseMs: 10_000, maxMs: 30_000 };

function after(...looks: readonly (readonly [answers: number, errors: number])[]): OutlierRecord {
  return looks.reduce((record, [answers, errors]) => observeAnswers(record, answers, errors), NO_RECORD);
}

test.each([
  ['five errors at once', [[5, 5]], true],
  [
    'five errors one by one',
    [
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
      [5, 5],
    ],
    true,
  ],
  ['four errors', [[4, 4]], false],
  ['errors among good answers', [[10, 5]], false],
  [
    'errors before and after a good answer',
    [
      [4, 4],
      [5, 4],
      [9, 8],
    ],
    false,
  ],
  [
    'quiet times in between',
    [
      [3, 3],
      [3, 3],
      [5, 5],
    ],
    true,
  ],
  [
    'counters that began anew',
    [
      [100, 4],
      [2, 2],
    ],
    false,
  ],
] as const)('%s', (_, looks, outlier) => {
  expect(isOutlier(after(...looks), policy)).toBe(outlier);
});

test('each further ejection is longer, up to the limit, and long quiet makes it short again', () => {
  const first = eject(after([5, 5]), 0, policy);
  expect(first.ms).toBe(10_000);
  const second = eject(first.record, 12_000, policy);
  expect(second.ms).toBe(20_000);
  const third = eject(second.record, 40_000, policy);
  const fourth = eject(third.record, 60_000, policy);
  expect([third.ms, fourth.ms]).toEqual([30_000, 30_000]);
  expect(eject(fourth.record, 600_000, policy).ms).toBe(10_000);
});
