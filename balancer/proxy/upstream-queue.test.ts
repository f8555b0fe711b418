import { createServer, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import type { TrafficOptions, TrafficPlane } from '../core/traffic.ts';
import { RawClient } from './testing/raw-client.ts';
import { listen, planeFor, seatRoute, snapshotOf } from './testing/traffic.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A replica that answers when it is told to, and counts its connections. */
class HeldReplica {
  readonly waiting: { readonly url: string; readonly response: ServerResponse }[] = [];
  connections = 0;
  most = 0;

  async listen(): Promise<number> {
    const server = createServer((request, response) => {
      this.waiting.push({ url: request.url ?? '', response });
    });
    server.on('connection', (socket) => {
      this.connections++;
      this.most = Math.max(this.most, this.connections);
      socket.once('close', () => this.connections--);
    });
    cleanups.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return listen(server);
  }

  /** Answers the request that has waited longest, and says which it was. */
  async answerNext(): Promise<string> {
    await expect.poll(() => this.waiting.length).toBeGreaterThan(0);
    const next = this.waiting.shift();
    next?.response.end(next.url);
    return next?.url ?? '';
  }
}

async function plane(ports: readonly number[], options: Partial<TrafficOptions>): Promise<TrafficPlane> {
  const started = await planeFor(ports, options);
  cleanups.push(() => started.stop(100));
  return started;
}

describe.each([
  { lane: 'fast', marker: '' },
  { lane: 'general', marker: 'Connection: keep-alive, x-lane\r\n' },
])('through the $lane lane', ({ marker }) => {
  async function ask(port: number, head: string): Promise<RawClient> {
    const client = await RawClient.open(port);
    cleanups.push(() => client.close());
    return client.send(`${head} HTTP/1.1\r\nHost: a\r\n${marker}\r\n`);
  }

  test('with as many connections as there may be, requests wait and are served in order', async () => {
    const replica = new HeldReplica();
    const traffic = await plane([await replica.listen()], { maxUpstreamConnections: 2 });
    const clients: RawClient[] = [];
    for (let i = 0; i < 6; i++) {
      clients.push(await ask(traffic.port, `GET /${i}`));
      await expect.poll(() => traffic.totals().seats[0]?.inFlight).toBe(i + 1);
    }
    const served: string[] = [];
    for (let i = 0; i < 6; i++) served.push(await replica.answerNext());
    const bodies = await Promise.all(clients.map(async (client) => (await client.answer()).body));
    expect(bodies).toEqual(['/0', '/1', '/2', '/3', '/4', '/5']);
    expect(served.slice(2)).toEqual(['/2', '/3', '/4', '/5']);
    expect(replica.most).toBe(2);
  });

  test('one that waits too long hears 503 and when to come back, and nobody is blamed', async () => {
    const replica = new HeldReplica();
    // Long enough for the general lane to load its HTTP client, for which its first request waits.
    const traffic = await plane([await replica.listen()], { maxUpstreamConnections: 1, queueTimeoutMs: 2000 });
    const reports: unknown[] = [];
    traffic.onReport((report) => reports.push(report));
    const first = await ask(traffic.port, 'GET /first');
    await expect.poll(() => replica.waiting.length).toBe(1);
    const second = await ask(traffic.port, 'GET /second');
    const { status, fields } = await second.answer();
    expect([status, fields['retry-after']]).toEqual([503, '1']);
    await replica.answerNext();
    expect((await first.answer()).body).toBe('/first');
    expect(reports).toEqual([]);
    await expect.poll(() => traffic.totals()).toMatchObject({ lost: 1, seats: [{ inFlight: 0, failed: 0 }] });
  });

  test('one that went away while it waited is never sent', async () => {
    const replica = new HeldReplica();
    const traffic = await plane([await replica.listen()], { maxUpstreamConnections: 1 });
    const first = await ask(traffic.port, 'GET /first');
    await expect.poll(() => replica.waiting.length).toBe(1);
    const gone = await ask(traffic.port, 'GET /gone');
    await expect.poll(() => traffic.totals().seats[0]?.inFlight).toBe(2);
    gone.socket.resetAndDestroy();
    await expect.poll(() => traffic.totals().seats[0]?.inFlight).toBe(1);
    const third = await ask(traffic.port, 'GET /third');
    await expect.poll(() => traffic.totals().seats[0]?.inFlight).toBe(2);
    await replica.answerNext();
    await first.answer();
    expect(await replica.answerNext()).toBe('/third');
    expect((await third.answer()).body).toBe('/third');
  });
});

test('requests that wait for a replica that is taken out of rotation go to another one', async () => {
  const [held, other] = [new HeldReplica(), new HeldReplica()];
  const [heldPort, otherPort] = [await held.listen(), await other.listen()];
  const traffic = await plane([heldPort], { maxUpstreamConnections: 1 });
  const clients: RawClient[] = [];
  for (let i = 0; i < 3; i++) {
    const client = await RawClient.open(traffic.port);
    cleanups.push(() => client.close());
    clients.push(client.send(`POST /${i} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n`));
    await expect.poll(() => traffic.totals().seats[0]?.inFlight).toBe(i + 1);
  }
  traffic.publish(snapshotOf([seatRoute(1, heldPort, false), seatRoute(2, otherPort)], 2));
  expect(new Set([await other.answerNext(), await other.answerNext()])).toEqual(new Set(['/1', '/2']));
  await held.answerNext();
  const answers = await Promise.all(clients.map((client) => client.answer()));
  expect(answers.map(({ body }) => body)).toEqual(['/0', '/1', '/2']);
});

test('a request that must not be sent twice gets a new connection even when all there may be are idle and old', async () => {
  const replica = new HeldReplica();
  const traffic = await plane([await replica.listen()], { maxUpstreamConnections: 1 });
  const client = await RawClient.open(traffic.port);
  cleanups.push(() => client.close());
  client.send('GET /first HTTP/1.1\r\nHost: a\r\n\r\n');
  await replica.answerNext();
  await client.answer();
  await new Promise((resolve) => setTimeout(resolve, 700));
  client.send('POST /second HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n');
  await replica.answerNext();
  expect((await client.answer()).body).toBe('/second');
});
