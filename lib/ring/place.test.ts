import { expect, test } from 'vitest';
import { emptyRing, freeSeat, place } from './place.ts';
import type { RingErrorCode } from './ring-error.ts';
import { membersUpTo, ringOf } from './sample-rings.ts';
import { MAX_SEAT, type RingChange } from './types.ts';

const three = ringOf('balanced', 3);

test.each<{ why: string; code: RingErrorCode; change: RingChange }>([
  { why: 'a name that is taken', code: 'name-taken', change: { kind: 'add', members: [{ name: 'S2', seat: 9 }] } },
  { why: 'a seat that is taken', code: 'seat-taken', change: { kind: 'add', members: [{ name: 'x', seat: 2 }] } },
  { why: 'seat 0', code: 'seat-invalid', change: { kind: 'add', members: [{ name: 'x', seat: 0 }] } },
  { why: 'seat 128', code: 'seat-invalid', change: { kind: 'add', members: [{ name: 'x', seat: 128 }] } },
  { why: 'half a seat', code: 'seat-invalid', change: { kind: 'add', members: [{ name: 'x', seat: 4.5 }] } },
  { why: 'an unknown name', code: 'name-unknown', change: { kind: 'remove', names: ['S9'] } },
  { why: 'a name twice', code: 'name-unknown', change: { kind: 'remove', names: ['S1', 'S1'] } },
  {
    why: 'a new name twice',
    code: 'name-taken',
    change: {
      kind: 'add',
      members: [
        { name: 'x', seat: 8 },
        { name: 'x', seat: 9 },
      ],
    },
  },
  {
    why: 'more than 56 members, though the first would fit',
    code: 'ring-full',
    change: { kind: 'add', members: membersUpTo(60).slice(3) },
  },
])('$why is refused with $code', ({ code, change }) => {
  expect(() => place(three, change)).toThrow(expect.objectContaining({ name: 'RingError', code }));
});

test('an empty ring has no members and 512 slots of nobody, at epoch 0', () => {
  const ring = emptyRing('hashed', 5);
  expect(ring).toMatchObject({ epoch: 0, placement: 'hashed', seed: 5, members: [], virtualNodes: [] });
  expect(ring.owner).toEqual(new Array(512).fill(0));
});

test('a change of several members is one epoch, and one of nobody is none', () => {
  expect(three.epoch).toBe(1);
  expect(place(three, { kind: 'remove', names: ['S1', 'S3'] }).epoch).toBe(2);
  expect(place(three, { kind: 'remove', names: [] })).toBe(three);
  expect(place(three, { kind: 'add', members: [] })).toBe(three);
});

test('the free seat is the smallest that is neither taken nor reserved', () => {
  expect(freeSeat(three, [])).toBe(4);
  expect(freeSeat(three, [4, 6])).toBe(5);
  expect(freeSeat(place(three, { kind: 'remove', names: ['S2'] }), [])).toBe(2);
});

test('there is no free seat when all 127 are taken or reserved', () => {
  const reserved = Array.from({ length: MAX_SEAT - 3 }, (_, i) => i + 4);
  expect(() => freeSeat(three, reserved)).toThrow(expect.objectContaining({ code: 'no-free-seat' }));
});
