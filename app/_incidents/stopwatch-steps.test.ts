import { expect, test } from 'vitest';
import type { IncidentView } from '#lib/api/state.ts';
import { stopwatchSteps } from './stopwatch-steps.ts';

const begun: IncidentView = {
  id: 'i1',
  replica: 'S2',
  cause: 'killed by operator',
  at: 10_000,
  noticedMs: null,
  outOfRotationMs: null,
  newInstanceMs: null,
  servingMs: null,
  firstRequestMs: null,
  requests: 0,
  retried: 0,
  lost: 0,
};

test('the first step runs as soon as the failure begins', () => {
  expect(stopwatchSteps(begun, 10_040).map((step) => [step.state, step.ms])).toEqual([
    ['running', 40],
    ['waiting', null],
    ['waiting', null],
    ['waiting', null],
  ]);
});

test('what happened stands still and what is waited for goes on', () => {
  const steps = stopwatchSteps({ ...begun, noticedMs: 23, outOfRotationMs: 24 }, 10_100);
  expect(steps.map((step) => step.state)).toEqual(['done', 'done', 'running', 'waiting']);
  expect(steps.map((step) => step.ms)).toEqual([23, 24, 100, null]);
});

test('nothing runs once it serves again, even if a step was skipped', () => {
  const steps = stopwatchSteps({ ...begun, noticedMs: 23, outOfRotationMs: 24, servingMs: 310 }, 99_000);
  expect(steps.map((step) => step.state)).toEqual(['done', 'done', 'waiting', 'done']);
});

test('a clock that is behind does not run backwards', () => {
  expect(stopwatchSteps(begun, 9_000)[0]?.ms).toBe(0);
});
