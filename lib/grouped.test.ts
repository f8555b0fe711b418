import { expect, test } from 'vitest';
import { grouped } from './grouped.ts';

test('thousands are parted, and decimals are rounded and dropped where they say nothing', () => {
  const written = [0, 7, 999, 1_000, 1_234_567, -1_000, -999, 1_234.5, 0.126, 1_999.999].map((n) => grouped(n, 2));
  expect(written).toEqual(['0', '7', '999', '1,000', '1,234,567', '-1,000', '-999', '1,234.5', '0.13', '2,000']);
  expect([0.4, 1_499.5].map((n) => grouped(n, 0))).toEqual(['0', '1,500']);
});

test('it writes as Intl.NumberFormat does', () => {
  const intl = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
  for (let value = 0.37; value < 1e9; value *= 3.7) expect(grouped(value, 2)).toBe(intl.format(value));
});

test.each([0, 1, 2, 3])(
  'halves and what is below zero are written as Intl.NumberFormat does, with %d decimals',
  (decimals) => {
    const intl = new Intl.NumberFormat('en', { maximumFractionDigits: decimals });
    const values = [0, -0, 1e-7, -1e-7, 2.675, 1.005, -0.3];
    for (let n = -2_000; n <= 2_000; n++) values.push(n / 8, n / 100 + 0.005, n / 1_000 + 0.0005, n * 1_234.565);
    const unlike = values.filter((value) => grouped(value, decimals) !== intl.format(value));
    expect(unlike).toEqual([]);
  },
);
