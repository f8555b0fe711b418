import { describe, expect, test } from 'vitest';
import { ketama } from './ketama.ts';
import type { KeyLookup } from './key-lookup.ts';
import { maglev } from './maglev.ts';
import { rendezvous } from './rendezvous.ts';

const KEYS = Array.from({ length: 10_000 }, (_, i) => `user-${i}`);
const NAMES = ['S1', 'S2', 'S3', 'S4', 'S5'];

function peakOverMean(lookup: KeyLookup, members: number): number {
  const counts = new Map<string, number>();
  for (const key of KEYS) counts.set(lookup(key), (counts.get(lookup(key)) ?? 0) + 1);
  return (Math.max(...counts.values()) * members) / KEYS.length;
}

describe.each([
  { name: 'ketama', make: ketama, peak: 1.25 },
  { name: 'maglev', make: maglev, peak: 1.05 },
  { name: 'rendezvous', make: rendezvous, peak: 1.05 },
])('$name', ({ make, peak }) => {
  test('gives every key to a member, whatever the order they are named in', () => {
    const lookup = make(NAMES);
    const reversed = make(NAMES.toReversed());
    expect(KEYS.filter((key) => !NAMES.includes(lookup(key)))).toEqual([]);
    expect(KEYS.filter((key) => reversed(key) !== lookup(key))).toEqual([]);
  });

  test('spreads keys as evenly as the method can', () => {
    expect(peakOverMean(make(NAMES), NAMES.length)).toBeLessThan(peak);
  });

  test('gives all keys to a single member', () => {
    expect(make(['only'])('anything')).toBe('only');
  });

  test('gives no key to anybody without members', () => {
    expect(make([])('anything')).toBe('');
  });
});

test.each([
  { name: 'ketama', make: ketama },
  { name: 'rendezvous', make: rendezvous },
])('$name moves no key but those of the member that leaves', ({ make }) => {
  const before = make(NAMES);
  const after = make(NAMES.filter((name) => name !== 'S2'));
  expect(KEYS.filter((key) => before(key) !== 'S2' && after(key) !== before(key))).toEqual([]);
});

test('maglev moves few keys beside those of the member that leaves', () => {
  const before = maglev(NAMES);
  const after = maglev(NAMES.filter((name) => name !== 'S2'));
  const strays = KEYS.filter((key) => before(key) !== 'S2' && after(key) !== before(key));
  expect(strays.length).toBeLessThan(KEYS.length * 0.05);
});
