import { expect, test } from 'vitest';
import { Availability, createBoard } from './board.ts';
import { NO_SEAT, pick } from './pick.ts';

const candidates = new Uint8Array(512 * 3);
candidates.set([4, 2, 9], 0);
candidates.set([2, 0, 0], 3);
const snapshot = { version: 1, candidates, depth: 3, seats: [] };

function available(...seats: number[]): Availability {
  const availability = new Availability(createBoard(1));
  for (const seat of seats) availability.set(seat, true, 1);
  return availability;
}

test.each([
  [[2, 4, 9], [], 4],
  [[2, 9], [], 2],
  [[2, 4, 9], [4], 2],
  [[2, 4, 9], [4, 2], 9],
  [[2, 4, 9], [4, 2, 9], NO_SEAT],
  [[], [], NO_SEAT],
])('of available %j, having tried %j, slot 0 picks %d', (seats, tried, expected) => {
  expect(pick(snapshot, available(...seats), 0, tried)).toBe(expected);
});

test('padding is nobody', () => {
  expect(pick(snapshot, available(4), 1, [])).toBe(NO_SEAT);
});
