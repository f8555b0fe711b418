import { SLOT_COUNT } from './types.ts';

const SLOT_MASK = SLOT_COUNT - 1;
/** Odd, so that 512 steps visit every slot once; long, so that requests close in time lie far apart. */
const WALK_STRIDE = 317;
const NOT_ASCII = ~0x7f;

/** murmur3's finaliser: every bit of the 32-bit input changes each bit of the output with probability 1/2. */
export function fmix32(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function scramble(block: number): number {
  const k = Math.imul(block, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}

function mixBlock(hash: number, block: number): number {
  const h = hash ^ scramble(block);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** MurmurHash3 x86_32 (Austin Appleby, public domain) of bytes: an unsigned 32-bit number. */
export function murmur3Bytes(bytes: Uint8Array, seed = 0): number {
  const at = (i: number): number => bytes[i] ?? 0;
  const { length } = bytes;
  const whole = length & ~3;
  let h = seed | 0;
  for (let i = 0; i < whole; i += 4) {
    h = mixBlock(h, at(i) | (at(i + 1) << 8) | (at(i + 2) << 16) | (at(i + 3) << 24));
  }
  if (whole < length) h ^= scramble(at(whole) | (at(whole + 1) << 8) | (at(whole + 2) << 16));
  return fmix32(h ^ length);
}

/**
 * MurmurHash3 x86_32 of the text's UTF-8 bytes: an unsigned 32-bit number. ASCII is hashed straight from the string
 * (its code units are its bytes); the first other character sends the text through the encoder.
 */
export function murmur3(text: string, seed = 0): number {
  const { length } = text;
  const whole = length & ~3;
  let h = seed | 0;
  let units = 0;
  for (let i = 0; i < whole; i += 4) {
    const a = text.charCodeAt(i);
    const b = text.charCodeAt(i + 1);
    const c = text.charCodeAt(i + 2);
    const d = text.charCodeAt(i + 3);
    units |= a | b | c | d;
    h = mixBlock(h, a | (b << 8) | (c << 16) | (d << 24));
  }
  let tail = 0;
  for (let i = whole; i < length; i++) {
    const unit = text.charCodeAt(i);
    units |= unit;
    tail |= unit << ((i - whole) << 3);
  }
  if ((units & NOT_ASCII) !== 0) return murmur3Bytes(new TextEncoder().encode(text), seed);
  return fmix32(h ^ scramble(tail) ^ length);
}

/** The slot a key hash falls into. */
export function slotOfHash(hash: number): number {
  return hash & SLOT_MASK;
}

export function slotOfKey(key: string): number {
  return slotOfHash(murmur3(key));
}

/** The slot of the counter-th request without a key: any 512 requests in a row visit each slot exactly once. */
export function walkSlot(counter: number): number {
  return Math.imul(counter, WALK_STRIDE) & SLOT_MASK;
}

/** The assignment's H(i) = i² + 2i + 17 mod 512, of a request id. It reaches only 87 of the slots. */
export function classicRequestSlot(i: number): number {
  return (Math.imul(i, i) + 2 * i + 17) & SLOT_MASK;
}

/** The assignment's Φ(i, j) = i² + j² + 2j + 25 mod 512, of virtual node j of the member in seat i. */
export function classicVirtualSlot(i: number, j: number): number {
  return (Math.imul(i, i) + Math.imul(j, j) + 2 * j + 25) & SLOT_MASK;
}
