import { expect, test } from 'vitest';
import { chosenStretch, indexesOf, spreadOver } from './stretch.ts';

const points = [0, 10, 20, 30, 40].map((at) => ({ at }));

test.each([
  ['all of it', { from: 0, to: 50 }, { start: 0, end: 4 }],
  ['a part', { from: 10, to: 40 }, { start: 1, end: 3 }],
  ['between two points', { from: 12, to: 18 }, { start: 2, end: 3 }],
  ['before all', { from: -50, to: -10 }, { start: 0, end: 1 }],
  ['after all', { from: 90, to: 95 }, { start: 3, end: 4 }],
])('a stretch covers its points: %s', (_, stretch, indexes) => {
  expect(indexesOf(points, stretch)).toEqual(indexes);
});

test('what is chosen reaches to the end of its last step, and all of it is no choice', () => {
  expect(chosenStretch(points, 1, 3, 10)).toEqual({ from: 10, to: 40 });
  expect(chosenStretch(points, 0, 4, 10)).toBeNull();
});

test('a step that is skipped because the figures came a little late in one and early in the next but one is no gap', () => {
  const kept = [
    { at: 9, value: 1 },
    { at: 20, value: 2 },
    { at: 29, value: 3 },
    { at: 51, value: 4 },
  ];
  expect(spreadOver(kept, { from: 0, to: 60 }, 10)).toEqual([
    { at: 9, value: 1 },
    { at: 10, value: 1 },
    { at: 29, value: 3 },
    { at: 30 },
    { at: 40 },
    { at: 51, value: 4 },
  ]);
});

test('spread over a stretch, points stand where their time is, and empty ones where nothing was kept', () => {
  const kept = [
    { at: 20, value: 1 },
    { at: 50, value: 2 },
  ];
  expect(spreadOver(kept, { from: 5, to: 60 }, 10)).toEqual([
    { at: 0 },
    { at: 10 },
    { at: 20, value: 1 },
    { at: 30 },
    { at: 40 },
    { at: 50, value: 2 },
  ]);
});
