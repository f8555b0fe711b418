import { expect, test } from 'vitest';
import { WaitingLine } from './waiting-line.ts';

test('who came first is served first, however joining, leaving and serving mix', () => {
  const line = new WaitingLine<string>();
  for (const guest of ['a', 'b', 'c']) line.join(guest);
  expect(line.next()).toBe('a');
  line.leave('b');
  line.join('d');
  expect([line.next(), line.next(), line.next()]).toEqual(['c', 'd', undefined]);
  line.join('e');
  line.join('a');
  expect(line.length).toBe(2);
  expect([line.next(), line.next()]).toEqual(['e', 'a']);
});

test('all can be sent away at once, and others come after them', () => {
  const line = new WaitingLine<number>();
  line.join(1);
  line.join(2);
  line.next();
  line.join(3);
  expect(line.clear()).toEqual([2, 3]);
  expect(line.next()).toBeUndefined();
  line.join(4);
  expect(line.next()).toBe(4);
});
