import { expect, test } from 'vitest';
import { ago, bytes, count, latency, percent, plural } from './format.ts';

test.each([
  [300, 'just now'],
  [28_400, '28 s ago'],
  [240_000, '4 min ago'],
])('%d ms ago reads "%s"', (ms, words) => {
  expect(ago(ms)).toBe(words);
});

test('counts have thousands separators, and slow traffic is not nothing', () => {
  expect([count(1482.4), count(0.4), count(0), count(3)]).toEqual(['1,482', '0.4', '0', '3']);
});

test('latencies keep two digits below ten, and none is a dash', () => {
  expect([latency(4.06), latency(59.4), latency(null)]).toEqual(['4.1', '59', '–']);
});

test('what is just below ten is ten, not ten and a nought', () => {
  expect([latency(9.94), latency(9.96), count(9.96), percent(9.97), bytes(9.98 * 2 ** 20)]).toEqual([
    '9.9',
    '10',
    '10',
    '10 %',
    '10 MiB',
  ]);
});

test('sizes, ratios and words have their units', () => {
  expect([bytes(5_000_000), bytes(3 * 2 ** 30), percent(4.21), percent(88.8)]).toEqual([
    '4.8 MiB',
    '3.0 GiB',
    '4.2 %',
    '89 %',
  ]);
  expect([plural(1, 'slot'), plural(1024, 'slot')]).toEqual(['1 slot', '1,024 slots']);
});
