import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ServerSentEvent, serverSentEvents } from './server-sent-events.ts';

function bodyOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

async function read(text: string, cuts: readonly number[] = []): Promise<readonly ServerSentEvent[]> {
  const bytes = new TextEncoder().encode(text);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const pieces = places.slice(1).map((end, i) => bytes.slice(places[i], end));
  const events: ServerSentEvent[] = [];
  for await (const event of serverSentEvents(bodyOf(pieces))) events.push(event);
  return events;
}

test.each<[string, string, readonly ServerSentEvent[]]>([
  ['an event with id and type', 'id: a-1\nevent: x\ndata: {}\n\n', [{ id: 'a-1', event: 'x', data: '{}' }]],
  ['data alone', 'data: 1\n\n', [{ id: null, event: 'message', data: '1' }]],
  ['several lines of data', 'data: 1\ndata: 2\n\n', [{ id: null, event: 'message', data: '1\n2' }]],
  ['comments, retry and unknown fields', ': hi\nretry: 5\nnope: x\n\n', []],
  ['CRLF', 'data: 1\r\n\r\n', [{ id: null, event: 'message', data: '1' }]],
  ['no space after the colon', 'data:1\n\n', [{ id: null, event: 'message', data: '1' }]],
  ['an event that was cut off', 'data: 1\n', []],
])('%s', async (_, text, events) => {
  expect(await read(text)).toEqual(events);
});

test('it does not matter where the body is cut, not even inside a character', async () => {
  const text = 'id: b-2\nevent: x\ndata: {"name":"Grüße 🙂"}\n\n:\n\ndata: zwei\n\n';
  const whole = await read(text);
  expect(whole).toHaveLength(2);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(), { maxLength: 8 }), async (cuts) => {
      expect(await read(text, cuts)).toEqual(whole);
    }),
  );
});
