import { expect, test } from 'vitest';
import { unitWords } from './unit-words.ts';

test('one request is said in the singular, and without a figure there is no unit', () => {
  expect(unitWords(0, 'requests')).toBe('requests');
  expect(unitWords(1, 'requests')).toBe('request');
  expect(unitWords(1, 'ms')).toBe('ms');
  expect(unitWords(undefined, 'MiB')).toBe('');
  expect(unitWords(null, 'MiB')).toBe('');
});
