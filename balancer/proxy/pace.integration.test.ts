import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TrafficPlane } from '../core/traffic.ts';
import { RawClient } from './testing/raw-client.ts';
import { listen, planeFor } from './testing/traffic.ts';

const LARGE = 200_000_000;

const replica = createServer((request, response) => {
  request.resume();
  if (request.url === '/large') response.end(Buffer.alloc(LARGE));
  else request.on('end', () => response.end('ok'));
});
let plane: TrafficPlane;
beforeAll(async () => {
  // Longer than the test: it is the pace that ends these.
  const options = { bodyIdleTimeoutMs: 60_000, responseTimeoutMs: 60_000, minBytesPerSecond: 100 };
  plane = await planeFor([await listen(replica)], options);
});
afterAll(async () => {
  await plane.stop(100);
  replica.closeAllConnections();
  replica.close();
});

const LANES = [
  { lane: 'fast', marker: '' },
  { lane: 'general', marker: 'Connection: keep-alive, x-lane\r\n' },
] as const;

test.concurrent.each(LANES)('a client that sends its body drop by drop hears 408 ($lane lane)', async ({ marker }) => {
  const client = await RawClient.open(plane.port);
  client.send(`PUT / HTTP/1.1\r\nHost: a\r\n${marker}Content-Length: 1000\r\n\r\n`);
  const drops = setInterval(() => client.send('x'), 200);
  try {
    expect(await client.all()).toMatch(/^HTTP\/1\.1 408 /);
  } finally {
    clearInterval(drops);
    client.close();
  }
});

test.concurrent.each(LANES)('a client that takes nothing of its answer is cut ($lane lane)', async ({ marker }) => {
  const client = await RawClient.open(plane.port);
  client.socket.pause();
  client.send(`GET /large HTTP/1.1\r\nHost: a\r\n${marker}\r\n`);
  await expect.poll(() => plane.totals().seats[0]?.inFlight, { timeout: 5000 }).toBeGreaterThan(0);
  await expect.poll(() => plane.totals().seats[0]?.inFlight, { timeout: 30_000, interval: 200 }).toBe(0);
  client.socket.resume();
  await client.all();
  expect(client.received.length).toBeLessThan(LARGE);
  expect(client.socket.errored).not.toBeNull();
});

test.concurrent('a client whose request waits for a connection is not too slow meanwhile', async () => {
  const holding = createServer((request, response) => {
    request.resume().on('end', () => setTimeout(() => response.end('ok'), request.url === '/hold' ? 4700 : 0));
  });
  const other = await planeFor([await listen(holding)], { minBytesPerSecond: 100, maxUpstreamConnections: 1 });
  const first = (await RawClient.open(other.port)).send('GET /hold HTTP/1.1\r\nHost: a\r\n\r\n');
  await expect.poll(() => other.totals().seats[0]?.inFlight).toBe(1);
  const client = await RawClient.open(other.port);
  client.send('PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n');
  await first.answer();
  await new Promise((resolve) => setTimeout(resolve, 700));
  client.send('body');
  expect((await client.answer()).status).toBe(200);
  for (const one of [first, client]) one.close();
  await other.stop(100);
  holding.closeAllConnections();
  holding.close();
});
