import { createServer, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { RawClient } from './testing/raw-client.ts';
import { listen, planeFor } from './testing/traffic.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Replicas that answer none of their requests before they are told to. */
async function heldReplicas(count: number): Promise<{ ports: number[]; waiting: ServerResponse[] }> {
  const waiting: ServerResponse[] = [];
  const servers = Array.from({ length: count }, () =>
    createServer((_request, response) => void waiting.push(response)),
  );
  cleanups.push(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });
  return { ports: await Promise.all(servers.map(listen)), waiting };
}

test.each([
  { lane: 'fast', marker: '', workers: 1 },
  { lane: 'general', marker: 'Connection: keep-alive, x-lane\r\n', workers: 1 },
  { lane: 'fast', marker: '', workers: 2 },
])('one key for all requests is spread once its replica has its share ($lane lane, $workers workers)', async (row) => {
  const { ports, waiting } = await heldReplicas(3);
  const plane = await planeFor(ports, { key: { kind: 'path' }, balanceFactor: 1.25, workers: row.workers });
  cleanups.push(() => plane.stop(100));
  const clients: RawClient[] = [];
  for (let i = 1; i <= 12; i++) {
    const client = await RawClient.open(plane.port);
    cleanups.push(() => client.close());
    clients.push(client.send(`GET /same HTTP/1.1\r\nHost: a\r\n${row.marker}\r\n`));
    await expect.poll(() => plane.totals().seats.reduce((sum, { inFlight }) => sum + inFlight, 0)).toBe(i);
  }
  // ceil(1.25 * 12 / 3) at home; the others share the rest.
  const inFlight = plane.totals().seats.map((seat) => seat.inFlight);
  expect(inFlight.toSorted((a, b) => b - a)).toEqual([5, 4, 3]);
  expect(plane.totals().spilled).toBe(7);
  await expect.poll(() => waiting.length).toBe(12);
  for (const response of waiting) response.end('done');
  for (const client of clients) expect((await client.answer()).status).toBe(200);
  // All is counted down again: the key is served at home.
  const home = inFlight.indexOf(5) + 1;
  const again = await RawClient.open(plane.port);
  cleanups.push(() => again.close());
  again.send(`GET /same HTTP/1.1\r\nHost: a\r\n${row.marker}\r\n`);
  await expect.poll(() => plane.totals().seats.find(({ seat }) => seat === home)?.inFlight).toBe(1);
});
