import { expect, test } from 'vitest';
import { isSafeToRetry, RetryBudget } from './retry.ts';

test.each([
  ['GET', { unsent: false, bodyIntact: true, answerBegun: false }, true],
  ['GET', { unsent: false, bodyIntact: true, answerBegun: true }, false],
  ['PUT', { unsent: false, bodyIntact: true, answerBegun: false }, true],
  ['PUT', { unsent: false, bodyIntact: false, answerBegun: false }, false],
  ['POST', { unsent: false, bodyIntact: true, answerBegun: false }, false],
  ['POST', { unsent: true, bodyIntact: true, answerBegun: false }, true],
  ['PATCH', { unsent: true, bodyIntact: false, answerBegun: false }, false],
  ['BREW', { unsent: false, bodyIntact: true, answerBegun: false }, false],
])('%s after %j may be sent again: %s', (method, attempt, expected) => {
  expect(isSafeToRetry(method, attempt)).toBe(expected);
});

function taken(budget: RetryBudget, nowMs: number, wanted: number): number {
  let count = 0;
  for (let i = 0; i < wanted; i++) if (budget.take(nowMs)) count++;
  return count;
}

test('retries are at most the ratio of requests plus a constant', () => {
  const budget = new RetryBudget(0.2);
  const reserve = taken(budget, 0, 1000);
  expect(reserve).toBeLessThan(200);
  for (let i = 0; i < 1000; i++) budget.requestSeen(1);
  expect(taken(budget, 1, 1000)).toBe(200);
});

test('a first failure after a long time without any finds the requests of the last seconds counted', () => {
  const budget = new RetryBudget(0.2);
  const reserve = taken(new RetryBudget(0.2), 0, 1000);
  for (let ms = 0; ms < 60_000; ms++) budget.requestSeen(ms);
  const inThatTime = taken(budget, 60_000, 10_000) - reserve;
  expect(inThatTime).toBeGreaterThanOrEqual(1000);
  expect(inThatTime).toBeLessThanOrEqual(2000);
});

test('what was used long ago is used no more', () => {
  const budget = new RetryBudget(0.2);
  const reserve = taken(budget, 0, 1000);
  expect(taken(budget, 4000, 1000)).toBe(0);
  expect(taken(budget, 20_000, 1000)).toBe(reserve);
});
