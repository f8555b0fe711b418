import { expect, test } from 'vitest';
import type { FleetMoment, SeatMoment, TimelineChange } from '../api/timeline.ts';
import { emptyRing, place } from '../ring/place.ts';
import { momentAfter, momentAt } from './moment.ts';

const members = [1, 2].map((seat) => ({ name: `S${seat}`, seat }));
const ring = structuredClone(place(emptyRing('balanced', 1), { kind: 'add', members })) as FleetMoment['ring'];

function seatOf(seat: number, status: SeatMoment['status']): SeatMoment {
  const rest = { reason: null, since: 0, slots: 256, restarts: 0, standby: 'none' as const, instance: null };
  return { name: `S${seat}`, seat, status, available: status === 'serving', ...rest };
}

const CHANGES: readonly TimelineChange[] = [
  { kind: 'boot', at: 10, bootId: 'a', ring: { ...ring, members: [] } },
  { kind: 'seat', at: 20, seat: seatOf(1, 'serving') },
  { kind: 'seat', at: 20, seat: seatOf(2, 'serving') },
  { kind: 'ring', at: 30, ring },
  { kind: 'seat', at: 40, seat: seatOf(2, 'down') },
  { kind: 'seat-gone', at: 50, seat: 1 },
  { kind: 'end', at: 60 },
];

test.each([
  [9, null],
  [10, ''],
  [20, 'S1 serving, S2 serving'],
  [39, 'S1 serving, S2 serving'],
  [40, 'S1 serving, S2 down'],
  [55, 'S2 down'],
  [60, null],
  [99, null],
])('at %d ms the fleet is as the changes up to then made it', (at, said) => {
  const moment = momentAt(null, CHANGES, at);
  expect(moment === null ? null : moment.seats.map(({ name, status }) => `${name} ${status}`).join(', ')).toBe(said);
});

test('the ring is the one of the last change of membership', () => {
  expect(momentAt(null, CHANGES, 29)?.ring.members).toEqual([]);
  expect(momentAt(null, CHANGES, 30)?.ring).toBe(ring);
});

test('what did not change stays the same object, so that nothing is drawn again', () => {
  const before = momentAt(null, CHANGES, 39);
  const after = momentAfter(before, { kind: 'seat', at: 40, seat: seatOf(2, 'down') });
  expect(after?.ring).toBe(before?.ring);
  expect(after?.seats[0]).toBe(before?.seats[0]);
});

test('a change without anything before it, as after lost records, is none', () => {
  expect(momentAfter(null, { kind: 'seat', at: 1, seat: seatOf(1, 'serving') })).toBeNull();
});
