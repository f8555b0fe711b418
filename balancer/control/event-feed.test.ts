import { expect, test } from 'vitest';
import type { StreamMessage } from '../../lib/api/events.ts';
import type { NumberedMessage } from '../core/control-plane.ts';
import { Feed } from './event-feed.ts';

function gone(name: string): StreamMessage {
  return { type: 'replica-gone', data: { name, seat: 1 } };
}

test('lifecycle messages are numbered without gaps, frames not at all', () => {
  const feed = new Feed('boot');
  const seen: (number | null)[] = [];
  const end = feed.subscribe(({ id }) => seen.push(id));
  feed.publish(gone('a'));
  feed.flash(gone('frame'));
  feed.publish(gone('b'));
  end();
  feed.publish(gone('c'));
  expect(seen).toEqual([1, null, 2]);
  expect(feed.latest()).toBe(3);
});

test('what was missed is given as long as it is held', () => {
  const feed = new Feed('boot');
  for (let i = 1; i <= 5_000; i++) feed.publish(gone(`m${i}`));
  const ids = (missed: readonly NumberedMessage[] | null): unknown => missed?.map(({ id }) => id);
  expect(ids(feed.since(4_998).missed)).toEqual([4_999, 5_000]);
  expect(ids(feed.since(5_000).missed)).toEqual([]);
  expect(feed.since(1).missed).toBeNull();
  expect(feed.since(5_001).missed).toBeNull();
});
