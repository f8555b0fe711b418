import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classicRequestSlot, classicVirtualSlot } from '../ring/hash.ts';
import { evaluateModulo, formatPolynomial, type Polynomial } from './polynomial.ts';
import { parsePolynomial } from './polynomial-parser.ts';

function parsed(text: string, variables = ['i', 'j']): Polynomial {
  const result = parsePolynomial(text, variables);
  if (!result.ok) throw new Error(result.message);
  return result.polynomial;
}

test.each([
  ['i^2 + 2i + 17', 'i² + 2i + 17'],
  ['i² + j² + 2j + 25', 'i² + j² + 2j + 25'],
  ['(i+1)**2 + 16', 'i² + 2i + 17'],
  ['2 * i · j × 3 − 4', '6ij - 4'],
  ['i - i', '0'],
  ['-(i - 3)^3 mod 512', '-i³ + 9i² - 27i + 27'],
  ['7', '7'],
  ['+-+5j', '-5j'],
  ['3(i+1)(j-1)', '3ij - 3i + 3j - 3'],
])('reads %s as %s', (text, normal) => {
  expect(formatPolynomial(parsed(text))).toBe(normal);
});

test.each([
  ['', 0, /the end/],
  ['i +', 3, /the end/],
  ['k + 1', 0, /'k' is no variable/],
  ['i / 2', 2, /'\/' means nothing/],
  ['i^j', 2, /whole number/],
  ['i^-1', 2, /whole number/],
  ['(i + 1', 0, /never closed/],
  ['i + 1)', 5, /one too many/],
  ['i^33', 1, /at most 32/],
  ['(i^20)^2', 6, /at most 32/],
  ['alert(1)', 0, /'a' is no variable/],
  ['1'.repeat(31), 0, /30 digits/],
  [`${'('.repeat(21)}i${')'.repeat(21)}`, 20, /20 deep/],
  ['(i+j+1)^32', 7, /100 terms/],
  ['9999^9', 4, /coefficient has at most 30/],
  ['(i+9j+7)^9', 0, /multiplied out/],
  [`i${' '.repeat(200)}`, 200, /longer than 200/],
])('refuses %j and says where and why', (text, at, message) => {
  expect(parsePolynomial(text, ['i', 'j'])).toMatchObject({ ok: false, at, message: expect.stringMatching(message) });
});

test('the assignment’s functions, typed in, are the ones the balancer runs', () => {
  const request = parsed('i^2 + 2i + 17', ['i']);
  const virtualNode = parsed('i^2 + j^2 + 2j + 25');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 1, max: 9 }), (i, j) => {
      expect(evaluateModulo(request, [i], 512)).toBe(classicRequestSlot(i));
      expect(evaluateModulo(virtualNode, [i, j], 512)).toBe(classicVirtualSlot(i, j));
    }),
    { seed: 1 },
  );
});

test('values are exact far beyond what floating point holds', () => {
  const huge = parsed('123456789012345678901234567890 i^31 - 98765432109876543210 i^2 j + 7');
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (i, j) => {
      const [x, y] = [BigInt(i), BigInt(j)];
      const exact = 123456789012345678901234567890n * x ** 31n - 98765432109876543210n * x ** 2n * y + 7n;
      expect(evaluateModulo(huge, [i, j], 512)).toBe(Number(((exact % 512n) + 512n) % 512n));
    }),
    { seed: 1 },
  );
});

test('a normal form reads as itself', () => {
  const text = fc.array(fc.constantFrom('i', 'j', '2', '13', '+', '-', '*', '(', ')', '^2', '²', ' '), {
    maxLength: 14,
  });
  fc.assert(
    fc.property(text, (pieces) => {
      const result = parsePolynomial(pieces.join(''), ['i', 'j']);
      if (!result.ok) return;
      const normal = formatPolynomial(result.polynomial);
      expect(formatPolynomial(parsed(normal))).toBe(normal);
    }),
    { numRuns: 2000, seed: 1 },
  );
});

test('no text makes it throw anything or hang', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 220 }), (text) => {
      expect(parsePolynomial(text, ['i'])).toHaveProperty('ok');
    }),
    { numRuns: 2000, seed: 1 },
  );
});
