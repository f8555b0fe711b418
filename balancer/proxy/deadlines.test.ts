import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Deadline, DeadlineWheel } from './deadlines.ts';

let wheel: DeadlineWheel;
beforeEach(() => {
  vi.useFakeTimers();
  wheel = new DeadlineWheel();
});
afterEach(() => {
  wheel.close();
  vi.useRealTimers();
});

function counted(): { deadline: Deadline; count: () => number } {
  let count = 0;
  return { deadline: new Deadline(() => count++), count: () => count };
}

test.each([100, 1000, 25_000, 60_000, 3_600_000])(
  'a deadline of %d ms expires once, not early, two ticks late at most',
  (ms) => {
    const { deadline, count } = counted();
    wheel.arm(deadline, ms);
    vi.advanceTimersByTime(ms);
    expect(count()).toBe(0);
    vi.advanceTimersByTime(100);
    expect(count()).toBe(1);
    vi.advanceTimersByTime(ms * 2);
    expect(count()).toBe(1);
  },
);

test('arming again moves it, later and earlier', () => {
  const { deadline, count } = counted();
  wheel.arm(deadline, 1000);
  vi.advanceTimersByTime(900);
  wheel.arm(deadline, 1000);
  vi.advanceTimersByTime(900);
  expect(count()).toBe(0);
  wheel.arm(deadline, 100);
  vi.advanceTimersByTime(250);
  expect(count()).toBe(1);
});

test('a disarmed deadline does not expire, and 0 disarms', () => {
  const { deadline, count } = counted();
  wheel.arm(deadline, 100);
  wheel.disarm(deadline);
  vi.advanceTimersByTime(500);
  wheel.arm(deadline, 100);
  wheel.arm(deadline, 0);
  vi.advanceTimersByTime(500);
  expect(count()).toBe(0);
});

test('a deadline may arm itself while it expires', () => {
  let count = 0;
  const again = new Deadline(() => {
    count++;
    wheel.arm(again, 100);
  });
  wheel.arm(again, 100);
  vi.advanceTimersByTime(1000);
  expect(count).toBeGreaterThanOrEqual(5);
});

test('while the thread stands still, nobody is late', () => {
  const { deadline, count } = counted();
  wheel.advance(50);
  wheel.arm(deadline, 1000);
  wheel.advance(5_050);
  expect(count()).toBe(0);
  for (let ms = 5_100; ms <= 5_800; ms += 50) wheel.advance(ms);
  expect(count()).toBe(0);
  for (let ms = 5_850; ms <= 6_000; ms += 50) wheel.advance(ms);
  expect(count()).toBe(1);
});
