import { expect, test } from 'vitest';
import { isLooping, NO_STARTS, recordEnd, recordStart, type StartHistory, startDelayMs } from './crash-loop.ts';

const middle = (): number => 0.5;

function crashed(times: number): StartHistory {
  return Array.from({ length: times }).reduce<StartHistory>((history) => recordEnd(history, 0), NO_STARTS);
}

test.each([
  [0, 0],
  [1, 0],
  [2, 0],
  [3, 500],
  [4, 1_000],
  [5, 2_000],
  [9, 30_000],
  [50, 30_000],
])('after %i crashes in a row the next start waits %i ms', (crashes, ms) => {
  expect(startDelayMs(crashed(crashes), 0, middle)).toBe(ms);
});

test('the wait is spread by a fifth either way, so that seats do not start in step', () => {
  expect(startDelayMs(crashed(4), 0, () => 0)).toBe(800);
  expect(startDelayMs(crashed(4), 0, () => 0.999_999)).toBeCloseTo(1_200, 0);
});

test('no more than ten starts are made in a minute', () => {
  let history = NO_STARTS;
  for (let i = 0; i < 10; i++) history = recordStart(history, i * 100);
  expect(startDelayMs(history, 1_000, middle)).toBe(59_000);
  expect(startDelayMs(history, 60_000, middle)).toBe(0);
});

test('an instance that served a while ends the row', () => {
  expect(recordEnd(crashed(9), 500)).toEqual(NO_STARTS);
  expect(isLooping(crashed(3))).toBe(true);
  expect(isLooping(recordEnd(crashed(3), 10_000))).toBe(false);
});
