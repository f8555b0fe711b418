import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Agent, request } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import type { UpstreamReport } from '../core/snapshot.ts';
import type { TrafficOptions, TrafficPlane } from '../core/traffic.ts';
import { RawClient } from './testing/raw-client.ts';
import { listen, planeFor, seatRoute, snapshotOf } from './testing/traffic.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function plane(ports: readonly number[], options: Partial<TrafficOptions> = {}): Promise<TrafficPlane> {
  const started = await planeFor(ports, options);
  cleanups.push(() => started.stop(200));
  return started;
}

async function replica(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return listen(server);
}

const echoReplica = (name: string) => replica((_request, response) => void response.end(name));

/** A port nobody listens on. */
async function deadPort(): Promise<number> {
  const server = createTcpServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}

/** Takes requests and drops the connection without a word; counts what it got. */
async function droppingReplica(): Promise<{ port: number; seen: string[] }> {
  const seen: string[] = [];
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (bytes) => {
      seen.push(bytes.toString('latin1').split('\r\n')[0] ?? '');
      socket.destroy();
    });
  });
  cleanups.push(() => server.close());
  return { port: await listen(server), seen };
}

async function childReplica(id: string, backlog = 511): Promise<{ port: number; child: ChildProcess }> {
  const script = fileURLToPath(new URL('./testing/replica.ts', import.meta.url));
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, SERVER_ID: id, BACKLOG: String(backlog) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanups.push(() => child.kill('SIGKILL'));
  const [bytes] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { port: Number(bytes.toString()), child };
}

async function get(
  url: string,
  options: Parameters<typeof request>[1] = {},
): Promise<{ status: number; text: string }> {
  const { statusCode, body } = await request(url, options);
  return { status: statusCode, text: await body.text() };
}

describe.each([
  { lane: 'fast', marker: '' },
  { lane: 'general', marker: 'Connection: keep-alive, x-lane\r\n' },
])('through the $lane lane', ({ marker }) => {
  async function ask(
    port: number,
    head: string,
    body = '',
  ): Promise<{ status: number; body: string; fields: Readonly<Record<string, string>> }> {
    const client = await RawClient.open(port);
    client.send(`${head} HTTP/1.1\r\nHost: a\r\n${marker}Content-Length: ${body.length}\r\n\r\n${body}`);
    const answer = await client.answer();
    client.close();
    return answer;
  }

  test('a refused connection costs nobody a request, not even a POST', async () => {
    const { port } = await plane([await deadPort(), await echoReplica('alive')]);
    for (let i = 0; i < 6; i++) {
      expect(await ask(port, i % 2 === 0 ? 'GET /' : 'POST /', i % 2 === 0 ? '' : 'x')).toMatchObject({
        status: 200,
        body: 'alive',
      });
    }
  });

  test('a GET whose replica drops it is answered by the understudy, a POST is sent once', async () => {
    const dropping = await droppingReplica();
    const { port } = await plane([dropping.port, await echoReplica('alive')]);
    const gets = await Promise.all(Array.from({ length: 4 }, () => ask(port, 'GET /')));
    expect(gets.map(({ body }) => body)).toEqual(['alive', 'alive', 'alive', 'alive']);
    const posts = await Promise.all(Array.from({ length: 8 }, (_, i) => ask(port, `POST /${i}`, 'x')));
    const failed = posts.filter(({ status }) => status === 502).length;
    expect(failed).toBe(4);
    expect(dropping.seen.filter((line) => line.startsWith('POST'))).toHaveLength(failed);
  });

  test('a silent replica is left: a GET goes on to the understudy, a POST ends with 504', async () => {
    const silent = await replica(() => undefined);
    const { port } = await plane([silent, await echoReplica('alive')], { responseTimeoutMs: 300 });
    const answers = await Promise.all([0, 1].map(() => ask(port, 'GET /')));
    expect(answers.map(({ body }) => body)).toEqual(['alive', 'alive']);
    const posts = await Promise.all([0, 1].map(() => ask(port, 'POST /', 'x')));
    expect(posts.map(({ status }) => status).sort()).toEqual([200, 504]);
  });

  test('a replica that lets nobody in is left when the time to connect is over', async () => {
    const { port: full, child } = await childReplica('full', 1);
    child.kill('SIGSTOP');
    // What the kernel lets in without the process; the next one is not answered at all.
    const waiting = Array.from({ length: 4 }, () => connect({ port: full, host: '127.0.0.1' }));
    cleanups.push(() => {
      for (const socket of waiting) socket.destroy();
    });
    for (const socket of waiting) socket.on('error', () => undefined);
    await expect.poll(() => waiting.filter((socket) => !socket.connecting).length).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { port } = await plane([full, await echoReplica('alive')], { connectTimeoutMs: 200 });
    const answers = await Promise.all([0, 1].map(() => ask(port, 'POST /', 'x')));
    expect(answers.map(({ body }) => body)).toEqual(['alive', 'alive']);
  });

  test('nobody available is answered at once, with a time to come back', async () => {
    const { port } = await plane([]);
    const { status, fields, body } = await ask(port, 'GET /');
    expect(status).toBe(503);
    expect(fields['retry-after']).toBe('1');
    expect(body).toBe('{"message":"<Error> No replica is available","status":"failure"}');
  });

  test('at most three attempts are made for a GET', async () => {
    const dropping = await droppingReplica();
    const { port } = await plane([dropping.port]);
    expect(await ask(port, 'GET /')).toMatchObject({ status: 502 });
    expect(dropping.seen).toHaveLength(3);
  });
});

test('a contract 404 that breaks off is answered by the understudy, with its own answer and no other', async () => {
  const torn = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write('HTTP/1.1 404 Not Found\r\nContent-Length: 100\r\n\r\nonly this');
      setTimeout(() => socket.resetAndDestroy(), 20);
    });
  });
  cleanups.push(() => torn.close());
  const { port } = await plane([await listen(torn), await echoReplica('alive')], { contractErrors: true });
  const client = await RawClient.open(port);
  for (let i = 0; i < 4; i++) {
    client.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(await client.answer()).toMatchObject({ status: 200, body: 'alive' });
  }
  client.close();
});

test('a replica killed under load loses no GET', async () => {
  const replicas = await Promise.all(['S1', 'S2', 'S3'].map(childReplica));
  const traffic = await plane(
    replicas.map(({ port }) => port),
    { workers: 2 },
  );
  const agent = new Agent({ connections: 16 });
  cleanups.push(() => agent.close());
  const url = `http://127.0.0.1:${traffic.port}/`;
  const statuses: number[] = [];
  let isOver = false;
  const clients = Array.from({ length: 16 }, async () => {
    while (!isOver) statuses.push((await get(url, { dispatcher: agent })).status);
  });
  const reports: UpstreamReport[] = [];
  traffic.onReport((report) => {
    reports.push(report);
    traffic.setAvailable(report.seat, false);
  });
  const served = (count: number) => expect.poll(() => statuses.length, { timeout: 10_000 }).toBeGreaterThan(count);
  await served(200);
  replicas[1]?.child.kill('SIGKILL');
  await served(statuses.length + 300);
  isOver = true;
  await Promise.all(clients);
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  expect(reports.map(({ seat }) => seat)).toContain(2);
  expect(traffic.totals()).toMatchObject({ requests: statuses.length, lost: 0 });
}, 20_000);

test('a seat taken out gets no further request, ahead of any snapshot', async () => {
  const ports = [await echoReplica('S1'), await echoReplica('S2')];
  const traffic = await plane(ports);
  const url = `http://127.0.0.1:${traffic.port}/`;
  traffic.setAvailable(1, false);
  for (let i = 0; i < 4; i++) expect((await get(url)).text).toBe('S2');
  traffic.setAvailable(1, true);
  const texts = await Promise.all(Array.from({ length: 4 }, () => get(url)));
  expect(new Set(texts.map(({ text }) => text))).toEqual(new Set(['S1', 'S2']));
});

test('a new instance in a seat gets the requests as soon as the snapshot names it', async () => {
  const traffic = await plane([await echoReplica('old')]);
  const url = `http://127.0.0.1:${traffic.port}/`;
  expect((await get(url)).text).toBe('old');
  traffic.publish(snapshotOf([seatRoute(1, await echoReplica('new'))], 2));
  await expect.poll(async () => (await get(url)).text, { timeout: 1000, interval: 1 }).toBe('new');
});

test('an idle connection that a replica closes is reported', async () => {
  const server = createServer((_request, response) => void response.end('x'));
  const port = await listen(server);
  const traffic = await plane([port]);
  const reports: UpstreamReport[] = [];
  traffic.onReport((report) => reports.push(report));
  await get(`http://127.0.0.1:${traffic.port}/`);
  server.close();
  server.closeAllConnections();
  await expect
    .poll(() => reports.map(({ kind, seat }) => ({ kind, seat })))
    .toContainEqual({ kind: 'closed', seat: 1 });
});

test('counters and histogram say what happened', async () => {
  const port = await replica((incoming, response) => {
    response.statusCode = incoming.url === '/bad' ? 500 : 200;
    response.end('x'.repeat(1000));
  });
  const traffic = await plane([port]);
  const url = `http://127.0.0.1:${traffic.port}`;
  for (const path of ['/', '/', '/bad']) await get(url + path);
  await expect.poll(() => traffic.totals().seats[0]?.requests).toBe(3);
  const { seats, requests, slots } = traffic.totals();
  expect(seats[0]).toMatchObject({ seat: 1, requests: 3, byClass: [0, 2, 0, 0, 1], failed: 0, inFlight: 0 });
  expect(seats[0]?.bytesOut).toBeGreaterThan(3000);
  expect(requests).toBe(3);
  expect(slots.reduce((sum, count) => sum + count, 0)).toBe(3);
  expect(traffic.latency(1).reduce((sum, count) => sum + count, 0)).toBe(3);
  traffic.resetSeat(1);
  expect(traffic.totals().seats[0]).toMatchObject({ requests: 0, bytesOut: 0 });
  expect(traffic.latency(1).reduce((sum, count) => sum + count, 0)).toBe(0);
});
