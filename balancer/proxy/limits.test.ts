import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TrafficOptions, TrafficPlane } from '../core/traffic.ts';
import { RawClient } from './testing/raw-client.ts';
import { listen, planeFor } from './testing/traffic.ts';

const replica = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.end('ok'));
});
const planes: TrafficPlane[] = [];
let replicaPort = 0;
beforeAll(async () => {
  replicaPort = await listen(replica);
});
afterAll(async () => {
  await Promise.all(planes.map((plane) => plane.stop(100)));
  replica.closeAllConnections();
  replica.close();
});

async function limited(options: Partial<TrafficOptions>): Promise<number> {
  const plane = await planeFor([replicaPort], options);
  planes.push(plane);
  return plane.port;
}

async function refusal(port: number, text: string): Promise<string> {
  const client = await RawClient.open(port);
  client.send(text);
  return (await client.all()).split('\r\n')[0] ?? '';
}

const GET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

test.each<[string, Partial<TrafficOptions>, string, number]>([
  ['a header section', { maxHeaderBytes: 1024 }, `GET / HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(2000)}\r\n\r\n`, 431],
  ['a header section without an end', { maxHeaderBytes: 1024 }, `GET / HTTP/1.1\r\nX: ${'y'.repeat(2000)}`, 431],
  ['the number of fields', { maxHeaderCount: 5 }, `GET / HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(5)}\r\n`, 431],
  ['a target', { maxTargetBytes: 100 }, `GET /${'x'.repeat(100)} HTTP/1.1\r\nHost: a\r\n\r\n`, 414],
  ['a target without an end', { maxTargetBytes: 100 }, `GET /${'x'.repeat(400)}`, 414],
  ['a body', { maxBodyBytes: 10 }, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n', 413],
  [
    'a chunked body',
    { maxBodyBytes: 10 },
    'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nx',
    413,
  ],
  ['the time for a header section', { headerTimeoutMs: 150 }, 'GET / HTTP/1.1\r\nHost', 408],
  [
    'the time between two pieces of a body',
    { bodyIdleTimeoutMs: 150 },
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx',
    408,
  ],
])('%s is limited', async (_, options, text, status) => {
  const line = await refusal(await limited(options), text);
  expect(line).toContain(`HTTP/1.1 ${status} `);
});

test('a connection without a request ends without a word', async () => {
  const client = await RawClient.open(await limited({ keepAliveTimeoutMs: 150 }));
  client.send(GET);
  expect((await client.answer()).status).toBe(200);
  expect(await client.all()).toBe('');
});

/** A client that is let in for sure: of those that come at once, any may be the first. */
async function admitted(port: number): Promise<RawClient> {
  const client = await RawClient.open(port);
  client.send(GET);
  expect((await client.answer()).status).toBe(200);
  return client;
}

test('connections beyond the limit are told so, and the others served', async () => {
  const port = await limited({ maxConnections: 2 });
  const [first] = await Promise.all([admitted(port), admitted(port)]);
  expect(await refusal(port, '')).toBe('HTTP/1.1 503 Service Unavailable');
  first?.send(GET);
  expect((await first?.answer())?.status).toBe(200);
});

test('connections of one client are limited, and counted down when they end', async () => {
  const port = await limited({ maxConnectionsPerClient: 1 });
  const first = await admitted(port);
  expect(await refusal(port, '')).toBe('HTTP/1.1 503 Service Unavailable');
  first.close();
  await expect
    .poll(async () => (await refusal(port, GET.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))).slice(9, 12))
    .toBe('200');
});

test('the last request a connection may make is told so', async () => {
  const client = await RawClient.open(await limited({ maxRequestsPerConnection: 2 }));
  client.send(GET + GET + GET);
  const [first, second] = await client.answers(2);
  expect(first?.fields['connection']).toBeUndefined();
  expect(second?.fields['connection']).toBe('close');
  expect(await client.all()).toBe('');
});
