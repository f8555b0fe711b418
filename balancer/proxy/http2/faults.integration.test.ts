import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type ClientHttp2Session, constants } from 'node:http2';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { ListeningPlane, TrafficOptions } from '../../core/traffic.ts';
import { ask, close, type Http2Answer, openSession } from '../testing/http2-client.ts';
import { listen, planeFor } from '../testing/traffic.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function plane(ports: readonly number[], options: Partial<TrafficOptions> = {}): Promise<ListeningPlane> {
  const started = await planeFor(ports, options);
  cleanups.push(() => started.stop(100));
  return started;
}

async function sessions(to: ListeningPlane, count: number): Promise<ClientHttp2Session[]> {
  const opened = await Promise.all(Array.from({ length: count }, () => openSession(to)));
  cleanups.push(() => Promise.all(opened.map(close)));
  return opened;
}

/** Answers after `delayMs`, and knows how many it had at once. */
async function slowReplica(delayMs: number): Promise<{ port: number; most: () => number }> {
  let now = 0;
  let most = 0;
  const server = createServer((request, response) => {
    most = Math.max(most, ++now);
    setTimeout(() => {
      now--;
      response.end(request.url);
    }, delayMs);
  });
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: await listen(server), most: () => most };
}

async function childReplica(id: string): Promise<{ port: number; child: ChildProcess }> {
  const script = fileURLToPath(new URL('../testing/replica.ts', import.meta.url));
  const env = { ...process.env, SERVER_ID: id };
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  cleanups.push(() => child.kill('SIGKILL'));
  const [bytes] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { port: Number(bytes.toString()), child };
}

test('a thousand streams at once are answered, each with its own', async () => {
  const replica = await slowReplica(200);
  const clients = await sessions(await plane([replica.port]), 8);
  const paths = Array.from({ length: 1000 }, (_, i) => `/${i}`);
  const answers = await Promise.all(paths.map((path, i) => ask(clients[i % 8] as ClientHttp2Session, path)));
  expect(answers.map(({ body }) => body)).toEqual(paths);
});

test('a client gets no more streams at once than it may have', async () => {
  const replica = await slowReplica(100);
  const [client] = await sessions(await plane([replica.port]), 1);
  if (client === undefined) throw new Error('no session');
  await ask(client, '/first');
  expect(client.remoteSettings?.maxConcurrentStreams).toBe(128);
  const answers = await Promise.all(Array.from({ length: 400 }, (_, i) => ask(client, `/${i}`)));
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  expect(replica.most()).toBeLessThanOrEqual(128);
});

test('a replica killed under load loses no GET', async () => {
  const replicas = await Promise.all(['S1', 'S2', 'S3'].map(childReplica));
  const traffic = await plane(
    replicas.map(({ port }) => port),
    { workers: 2 },
  );
  traffic.onReport(({ seat }) => traffic.setAvailable(seat, false));
  const clients = await sessions(traffic, 4);
  const statuses: number[] = [];
  let isOver = false;
  const loops = Array.from({ length: 16 }, async (_, i) => {
    while (!isOver) statuses.push((await ask(clients[i % 4] as ClientHttp2Session, '/')).status);
  });
  const served = (count: number) => expect.poll(() => statuses.length, { timeout: 20_000 }).toBeGreaterThan(count);
  await served(200);
  replicas[1]?.child.kill('SIGKILL');
  await served(statuses.length + 300);
  isOver = true;
  await Promise.all(loops);
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  expect(traffic.totals()).toMatchObject({ requests: statuses.length, lost: 0 });
});

test('stopping says goodbye, finishes what is in flight and what is on its way, and ends', async () => {
  const replica = await slowReplica(600);
  const traffic = await plane([replica.port]);
  const [client] = await sessions(traffic, 1);
  if (client === undefined) throw new Error('no session');
  const goodbye = once(client, 'goaway');
  const inFlight = ask(client, '/in-flight');
  await new Promise((resolve) => setTimeout(resolve, 50));
  const stopped = traffic.stop(10_000);
  // A client that has not heard of it yet: Node's, having heard, would not even begin.
  const late = ask(client, '/late');
  expect(await inFlight).toMatchObject({ status: 200, body: '/in-flight' });
  expect(await late).toMatchObject({ status: 200, body: '/late' });
  await goodbye;
  const start = performance.now();
  await stopped;
  expect(performance.now() - start).toBeLessThan(5000);
});

test('stopping under load loses nothing', async () => {
  const replica = await slowReplica(5);
  const traffic = await plane([replica.port], { workers: 2 });
  const clients = await sessions(traffic, 4);
  const answers: Http2Answer[] = [];
  const loops = clients.map(async (client) => {
    let hasLeave = false;
    client.on('goaway', () => {
      hasLeave = true;
    });
    while (!hasLeave && !client.closed) answers.push(await ask(client, '/'));
  });
  await expect.poll(() => answers.length, { timeout: 10_000 }).toBeGreaterThan(100);
  await traffic.stop(10_000);
  await Promise.all(loops);
  // An answer and our goodbye may come in one read. A request begun between the two stays with the client (RFC 9113, 8.7).
  const unsent = constants.NGHTTP2_REFUSED_STREAM;
  expect(answers.filter(({ status, resetCode }) => status !== 200 && resetCode !== unsent)).toEqual([]);
  expect(traffic.totals().requests).toBe(answers.filter(({ status }) => status === 200).length);
});
