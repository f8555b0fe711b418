import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  classicRequestSlot,
  classicVirtualSlot,
  fmix32,
  murmur3,
  murmur3Bytes,
  slotOfHash,
  slotOfKey,
  walkSlot,
} from './hash.ts';
import { SLOT_COUNT } from './types.ts';

describe('murmur3', () => {
  // Published vectors of MurmurHash3_x86_32.
  test.each([
    { text: '', seed: 0, hash: 0 },
    { text: '', seed: 1, hash: 0x514e28b7 },
    { text: '', seed: 0xffffffff, hash: 0x81f16f39 },
    { text: '\0', seed: 0, hash: 0x514e28b7 },
    { text: '\0\0', seed: 0, hash: 0x30f4c306 },
    { text: '\0\0\0', seed: 0, hash: 0x85f0b427 },
    { text: '\0\0\0\0', seed: 0, hash: 0x2362f9de },
    { text: 'a', seed: 0x9747b28c, hash: 0x7fa09ea6 },
    { text: 'aa', seed: 0x9747b28c, hash: 0x5d211726 },
    { text: 'aaa', seed: 0x9747b28c, hash: 0x283e0130 },
    { text: 'aaaa', seed: 0x9747b28c, hash: 0x5a97808a },
    { text: 'ab', seed: 0x9747b28c, hash: 0x74875592 },
    { text: 'abc', seed: 0x9747b28c, hash: 0xc84a62dd },
    { text: 'abcd', seed: 0x9747b28c, hash: 0xf0478627 },
    { text: 'Hello, world!', seed: 0x9747b28c, hash: 0x24884cba },
    { text: 'ππππππππ', seed: 0x9747b28c, hash: 0xd58063c1 },
    { text: 'The quick brown fox jumps over the lazy dog', seed: 0x9747b28c, hash: 0x2fa826cd },
  ])('of "$text" with seed $seed is as published', ({ text, seed, hash }) => {
    expect(murmur3(text, seed)).toBe(hash);
    expect(murmur3Bytes(new TextEncoder().encode(text), seed)).toBe(hash);
  });

  test.each([
    { bytes: [0xff, 0xff, 0xff, 0xff], seed: 0, hash: 0x76293b50 },
    { bytes: [0x21, 0x43, 0x65, 0x87], seed: 0, hash: 0xf55b516b },
    { bytes: [0x21, 0x43, 0x65, 0x87], seed: 0x5082edee, hash: 0x2362f9de },
    { bytes: [0x21, 0x43, 0x65], seed: 0, hash: 0x7e4a8634 },
    { bytes: [0x21, 0x43], seed: 0, hash: 0xa0f7b07a },
    { bytes: [0x21], seed: 0, hash: 0x72661cf4 },
  ])('of bytes $bytes with seed $seed is as published', ({ bytes, seed, hash }) => {
    expect(murmur3Bytes(Uint8Array.from(bytes), seed)).toBe(hash);
  });

  test('of a text is that of its UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer(), (text, seed) => {
        expect(murmur3(text, seed)).toBe(murmur3Bytes(new TextEncoder().encode(text), seed));
      }),
    );
  });
});

test('fmix32 maps different inputs to different outputs', () => {
  const outputs = new Set(Array.from({ length: 100_000 }, (_, i) => fmix32(i)));
  expect(outputs.size).toBe(100_000);
  expect(fmix32(0)).toBe(0);
});

test('a slot is the low nine bits of the hash', () => {
  expect(slotOfHash(0xffffffff)).toBe(511);
  expect(slotOfHash(512)).toBe(0);
  expect(slotOfKey('hello')).toBe(0x248bfa47 & 511);
});

test.each([
  { kind: 'sequential ids', key: (i: number) => String(i) },
  { kind: 'prefixed ids', key: (i: number) => `user-${i}` },
  { kind: 'addresses', key: (i: number) => `10.0.${(i >> 8) & 255}.${i & 255}` },
  { kind: 'paths', key: (i: number) => `/api/v1/items/${i}/details` },
])('$kind spread over the slots as evenly as chance allows', ({ key }) => {
  const total = 51_200;
  const counts = new Uint32Array(SLOT_COUNT);
  for (let i = 0; i < total; i++) counts[slotOfKey(key(i))] = (counts[slotOfKey(key(i))] ?? 0) + 1;
  const expected = total / SLOT_COUNT;
  const chiSquare = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  // 511 degrees of freedom: the ratio deviates by 0.0626 (one sigma) by chance.
  expect(chiSquare / (SLOT_COUNT - 1)).toBeGreaterThan(0.75);
  expect(chiSquare / (SLOT_COUNT - 1)).toBeLessThan(1.25);
});

test('any 512 requests in a row visit every slot once, however far the counter has come', () => {
  for (const first of [0, 1, 12_345, 2 ** 32 - 100, 2 ** 40 + 7]) {
    const slots = new Set(Array.from({ length: SLOT_COUNT }, (_, i) => walkSlot(first + i)));
    expect(slots.size).toBe(SLOT_COUNT);
  }
});

test('the classic functions are those of the assignment', () => {
  for (const i of [100_000, 123_456, 654_321, 999_999]) expect(classicRequestSlot(i)).toBe((i * i + 2 * i + 17) % 512);
  expect(classicVirtualSlot(1, 1)).toBe(29);
  expect(classicVirtualSlot(3, 9)).toBe(133);
  expect(classicVirtualSlot(56, 9)).toBe((56 * 56 + 81 + 18 + 25) % 512);
});

test('the classic request function reaches only 87 slots', () => {
  const slots = new Set(Array.from({ length: 10_000 }, (_, i) => classicRequestSlot(100_000 + i)));
  expect(slots.size).toBe(87);
});
