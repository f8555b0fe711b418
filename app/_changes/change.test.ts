import { expect, test } from 'vitest';
import { deedWords, doneWords, listWords, previewSearch } from './change.ts';

test('the question names the deed, how many and whom', () => {
  expect(previewSearch({ kind: 'add', n: 2, names: ['web1'] }).toString()).toBe('change=add&n=2&name=web1');
  expect(previewSearch({ kind: 'remove', names: ['S1', 'S3'] }).toString()).toBe('change=remove&n=2&name=S1&name=S3');
});

test.each(['kill', 'pause', 'restart'] as const)('a %s is asked about as an outage of the replica', (kind) => {
  expect(previewSearch({ kind, name: 'S2' }).toString()).toBe('change=kill&name=S2');
});

test('a drain is asked about as a drain', () => {
  expect(previewSearch({ kind: 'drain', name: 'S2' }).toString()).toBe('change=drain&name=S2');
});

test('buttons say the deed and its target', () => {
  expect(deedWords({ kind: 'kill', name: 'S2' })).toBe('Kill S2');
  expect(deedWords({ kind: 'add', n: 1, names: [] })).toBe('Add 1 replica');
  expect(deedWords({ kind: 'remove', names: ['S1', 'S3'] })).toBe('Remove S1 and S3');
});

test('lists of names stay short', () => {
  expect(listWords(['a'])).toBe('a');
  expect(listWords(['a', 'b', 'c'])).toBe('a, b and c');
  expect(listWords(['a', 'b', 'c', 'd', 'e', 'f'])).toBe('a, b and 4 more');
});

test('one replica serves, several serve', () => {
  expect([doneWords('add', ['S4']), doneWords('add', ['S4', 'S5'])]).toEqual(['S4 serves', 'S4 and S5 serve']);
});
