import { expect, test } from 'vitest';
import { streamMessage } from '#lib/api/events.ts';
import { MESSAGE_TYPES, parseMessage } from './message.ts';

test('every type of message that the balancer sends is listened to', () => {
  const sent = streamMessage.options.map((option) => option.shape.type.value);
  expect([...MESSAGE_TYPES].sort()).toEqual([...sent].sort());
});

test('a message is what its event says; of other kinds, or without an object, it is none', () => {
  expect(parseMessage('replica-gone', '{"name":"S1","seat":1}')).toEqual({
    type: 'replica-gone',
    data: { name: 'S1', seat: 1 },
  });
  expect(parseMessage('from-the-future', '{}')).toBeNull();
  expect(parseMessage('second', 'null')).toBeNull();
  expect(parseMessage('second', '{"at":')).toBeNull();
});
