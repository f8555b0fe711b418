import { expect, test } from 'vitest';
import { withPrevious } from './log-rows.ts';

const line = (number: number, text: string) => ({ number, at: 1_000, stream: 'stdout' as const, text });
const died = {
  instance: 'i1',
  reason: 'exited with 1',
  endedAt: 5_000,
  lines: [
    { at: 4_000, stream: 'stdout' as const, text: 'listening' },
    { at: 4_900, stream: 'stderr' as const, text: 'out of luck' },
  ],
};

test('what the instance before printed stands above, with why and when it ended', () => {
  const rows = withPrevious(died, [line(1, 'listening again')], 8_000);
  expect(rows.map(({ text }) => text)).toEqual([
    'previous instance, exited with 1, 3 s ago',
    'listening',
    'out of luck',
    'this instance',
    'listening again',
  ]);
  expect(rows.map(({ number }) => number)).toEqual([-3, -2, -1, 0, 1]);
});

test('nothing is said of this instance while there is none, and nothing of one before that never was', () => {
  expect(withPrevious({ ...died, lines: [] }, [], 8_000).map(({ text }) => text)).toEqual([
    'previous instance, exited with 1, 3 s ago, printed nothing that is kept',
  ]);
  expect(withPrevious(null, [line(1, 'a')], 8_000)).toEqual([line(1, 'a')]);
});
