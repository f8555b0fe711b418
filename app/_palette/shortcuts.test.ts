import { expect, test } from 'vitest';
import { shortcutOf } from './shortcuts.ts';

const plain = { command: false, typing: false, prefixed: false };

test('the palette opens even from a field; other keys are text there', () => {
  expect(shortcutOf({ ...plain, key: 'k', command: true, typing: true })).toEqual({ kind: 'palette' });
  expect(shortcutOf({ ...plain, key: 'a', typing: true })).toBeNull();
});

test('g and a letter lead to a page, and to nothing else', () => {
  expect(shortcutOf({ ...plain, key: 'g' })).toEqual({ kind: 'prefix' });
  expect(shortcutOf({ ...plain, key: 'r', prefixed: true })).toEqual({ kind: 'go', path: '/ring' });
  expect(shortcutOf({ ...plain, key: 'z', prefixed: true })).toBeNull();
});

test('1 to 4 choose what the ring shows', () => {
  expect(shortcutOf({ ...plain, key: '2' })).toEqual({ kind: 'mode', index: 1 });
  expect(shortcutOf({ ...plain, key: '5' })).toBeNull();
});

test('the browser keeps its own shortcuts', () => {
  expect(shortcutOf({ ...plain, key: 'a', command: true })).toBeNull();
});
