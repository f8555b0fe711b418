import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { TrafficOptions } from '../core/traffic.ts';
import { RawClient } from './testing/raw-client.ts';
import { listen, planeFor } from './testing/traffic.ts';

const UPGRADE =
  'GET /chat HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n';
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function tunnel(
  answer: string,
  options: Partial<TrafficOptions> = {},
): Promise<{ client: RawClient; seen: () => string }> {
  let seen = '';
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      const text = bytes.toString('latin1');
      if (seen === '') socket.write(answer, 'latin1');
      else socket.write(`echo ${text}`, 'latin1');
      seen += text;
    });
  });
  const plane = await planeFor([await listen(server)], options);
  const client = await RawClient.open(plane.port);
  cleanups.push(
    () => server.close(),
    () => plane.stop(100),
    () => client.close(),
  );
  return { client, seen: () => seen };
}

test('an upgraded connection passes bytes both ways and ends with either side', async () => {
  const { client, seen } = await tunnel(
    'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello',
  );
  client.send(UPGRADE);
  const head = await client.until((received) => received.endsWith('hello'));
  expect(head).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
  expect(head).toContain('Upgrade: websocket\r\n');
  expect(seen()).toContain('Connection: Upgrade\r\nUpgrade: websocket\r\n');
  client.send('\x81\x00\xff');
  await client.until((received) => received.endsWith('echo \x81\x00\xff'));
  client.socket.end();
  await client.all();
});

test('a tunnel lasts while either side says something, and ends when both are silent', async () => {
  const answer = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  const { client } = await tunnel(answer, { bodyIdleTimeoutMs: 1500 });
  client.send(UPGRADE);
  await client.until((received) => received.endsWith('\r\n\r\n'));
  for (let i = 0; i < 6; i++) {
    client.send(`${i}`);
    await client.until((received) => received.endsWith(`echo ${i}`));
    await new Promise((resolve) => setTimeout(resolve, 350));
  }
  await client.all();
});

test('a refused upgrade is an ordinary answer', async () => {
  const { client } = await tunnel('HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno');
  client.send(UPGRADE);
  expect(await client.answer()).toMatchObject({ status: 403, body: 'no' });
});

test('nobody is switched to a protocol that was not asked for', async () => {
  const { client } = await tunnel(
    'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  );
  client.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  expect((await client.answer()).status).toBe(502);
});
