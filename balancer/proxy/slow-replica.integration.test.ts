import { createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { RawClient } from './testing/raw-client.ts';
import { listen, planeFor } from './testing/traffic.ts';

/** Longer than two looks at a client's pace. */
const PAUSE_MS = 11_500;
const BODY_BYTES = 20_000_000;
const LAST_BYTE = 33;

test.concurrent.each([
  { lane: 'fast', marker: '' },
  { lane: 'general', marker: 'Connection: keep-alive, x-lane\r\n' },
])('a client is not blamed for a replica that takes its body slowly ($lane lane)', async ({ marker }) => {
  const replica = createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      if (bytes.at(-1) === LAST_BYTE) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    socket.pause();
    setTimeout(() => socket.resume(), PAUSE_MS);
  });
  const plane = await planeFor([await listen(replica)], { bodyIdleTimeoutMs: 30_000, responseTimeoutMs: 30_000 });
  const client = await RawClient.open(plane.port);
  client.send(`PUT / HTTP/1.1\r\nHost: a\r\n${marker}Content-Length: ${BODY_BYTES}\r\n\r\n`);
  client.socket.write(Buffer.alloc(BODY_BYTES, 'x').fill(LAST_BYTE, BODY_BYTES - 1));
  expect(await client.answer()).toMatchObject({ status: 200, body: 'ok' });
  client.close();
  await plane.stop(100);
  replica.close();
});
