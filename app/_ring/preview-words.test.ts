import { expect, test } from 'vitest';
import { previewWords } from './preview-words.ts';

const others = Array.from({ length: 512 }, () => 1);
const nobody = Array.from({ length: 512 }, () => 0);

test('slots that move for good are held against the minimum', () => {
  const asked = { change: 'add', moved: 128, minimum: 128, after: others } as const;
  expect(previewWords(asked)).toMatchObject({ slots: 128, fate: 'would move', detail: 'the minimum' });
  expect(previewWords({ ...asked, moved: 130 }).detail).toBe('2 more than the minimum of 128');
});

test.each(['kill', 'drain'] as const)('on a %s others serve for a while, and the ring stays', (change) => {
  const words = previewWords({ change, moved: 171, minimum: 0, after: others });
  expect(words).toMatchObject({ fate: 'would be served by others', detail: 'the ring stays as it is' });
});

test.each([
  ['remove', 'no replica is left'],
  ['kill', 'no other replica serves'],
] as const)('a %s that leaves nobody to answer is said to', (change, detail) => {
  const words = previewWords({ change, moved: 512, minimum: 512, after: nobody });
  expect(words).toEqual({ slots: 512, fate: 'without anyone to answer', detail, isOutage: true });
});
