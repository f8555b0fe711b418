import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { request } from 'undici';
import { afterEach, expect, test } from 'vitest';
import { startTrafficPlane } from './plane.ts';
import { RawClient } from './testing/raw-client.ts';
import { listen, planeFor, seatRoute, snapshotOf, TRAFFIC } from './testing/traffic.ts';
import { WorkerHandle } from './worker-handle.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function echo(delayMs = 0): Promise<number> {
  const server = createServer((_request, response) => {
    setTimeout(() => response.end('hello'), delayMs);
  });
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return listen(server);
}

const status = async (port: number) => {
  const { statusCode, body } = await request(`http://127.0.0.1:${port}/`, { reset: true });
  await body.dump();
  return statusCode;
};

test('a port somebody has is refused, even with several workers', async () => {
  const server = createTcpServer();
  cleanups.push(() => server.close());
  const port = await listen(server);
  await expect(startTrafficPlane({ ...TRAFFIC, port, workers: 2 })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('a second plane does not share the port of the first', async () => {
  const first = await planeFor([], { workers: 2 });
  cleanups.push(() => first.stop(100));
  await expect(startTrafficPlane({ ...TRAFFIC, port: first.port, workers: 2 })).rejects.toThrow('EADDRINUSE');
});

test('a free port that somebody else takes meanwhile is given up for another one', async () => {
  const thief = createTcpServer();
  cleanups.push(() => thief.close());
  let stolen = 0;
  const plane = await startTrafficPlane({ ...TRAFFIC, port: 0 }, (start, onReport) => {
    if (stolen === 0) thief.listen(start.port, '127.0.0.1');
    stolen ||= start.port;
    return new WorkerHandle(start, onReport);
  });
  cleanups.push(() => plane.stop(0));
  expect(plane.port).not.toBe(stolen);
  expect(await status(plane.port)).toBe(503);
});

test('workers that crash are replaced, and know what the others know', async () => {
  const workers: WorkerHandle[] = [];
  const plane = await startTrafficPlane({ ...TRAFFIC, workers: 2 }, (start, onReport) => {
    const worker = new WorkerHandle(start, onReport);
    workers.push(worker);
    return worker;
  });
  cleanups.push(() => plane.stop(100));
  plane.publish(snapshotOf([seatRoute(1, await echo())]));
  workers[0]?.terminate();
  workers[1]?.terminate();
  await expect.poll(() => workers.length).toBe(4);
  await Promise.all(workers.slice(2).map((worker) => worker.listening));
  expect(await Promise.all(Array.from({ length: 8 }, () => status(plane.port)))).toEqual(Array(8).fill(200));
});

test('stopping lets requests in flight finish and refuses new connections', async () => {
  const plane = await planeFor([await echo(300)]);
  const client = await RawClient.open(plane.port);
  client.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await expect.poll(() => plane.totals().seats[0]?.inFlight).toBe(1);
  const stopped = plane.stop(5000);
  const text = await client.all();
  expect(text).toContain('Connection: close\r\n');
  expect(text).toContain('hello');
  await stopped;
  await expect(RawClient.open(plane.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('stopping under load of kept-alive clients loses nothing', async () => {
  const plane = await planeFor([await echo(5)], { workers: 2 });
  const clients = await Promise.all(Array.from({ length: 16 }, () => RawClient.open(plane.port)));
  const runs = clients.map(async (client) => {
    for (let count = 1; ; count++) {
      client.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      const { fields } = await client.answer();
      if (fields['connection'] === 'close') return count;
    }
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  await plane.stop(5000);
  const counts = await Promise.all(runs);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(counts.length);
});

test('what does not finish in time is cut', async () => {
  const plane = await planeFor([await echo(60_000)]);
  const client = await RawClient.open(plane.port);
  client.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await expect.poll(() => plane.totals().seats[0]?.inFlight).toBe(1);
  await plane.stop(100);
  expect(await client.all()).toBe('');
});
