import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TrafficPlane } from '../core/traffic.ts';
import { RawClient } from './testing/raw-client.ts';
import { listen, planeFor } from './testing/traffic.ts';

const adminSocket = join(tmpdir(), `ringmaster-reserved-${process.pid}.sock`);
let plane: TrafficPlane;
let control: Server;
let replica: Server;

beforeAll(async () => {
  replica = createServer((request, response) => void response.end(`replica ${request.url}`));
  control = createServer((request, response) => {
    if (request.url === '/_ring/v1/events') response.write('data: 1\n\n');
    else response.end(JSON.stringify({ url: request.url, method: request.method, headers: request.headers }));
  });
  await new Promise<void>((resolve) => control.listen(adminSocket, resolve));
  plane = await planeFor([await listen(replica)], { adminSocket });
});
afterAll(async () => {
  await plane.stop(100);
  for (const server of [control, replica]) {
    server.closeAllConnections();
    server.close();
  }
});

async function ask(head: string, fields = ''): Promise<{ status: number; body: string }> {
  const client = await RawClient.open(plane.port);
  client.send(`${head} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`);
  const answer = await client.answer();
  client.close();
  return answer;
}

test.each(['GET /rep', 'POST /add', 'DELETE /rm', 'PUT /rep?x=1', 'GET /_ring/v1/state', 'DELETE /_ring/anything'])(
  '%s is answered by the control plane',
  async (head) => {
    const [method, url] = head.split(' ');
    expect(JSON.parse((await ask(head)).body)).toMatchObject({ method, url });
  },
);

test.each(['/reps', '/rep/', '/%72ep', '/_ringx', '/x/rep', '//rep'])('%s is routed to a replica', async (path) => {
  expect((await ask(`GET ${path}`)).body).toBe(`replica ${path}`);
});

test("the control plane learns the peer's address, which nobody can forge, and sees the browser's fields", async () => {
  const forged =
    'X-Ringmaster-Client: 6.6.6.6\r\nOrigin: http://evil\r\nAuthorization: Bearer x\r\nSec-Fetch-Site: cross-site\r\n';
  const { headers } = JSON.parse((await ask('GET /rep', forged)).body) as { headers: Record<string, string> };
  expect(headers).toMatchObject({
    'x-ringmaster-client': '127.0.0.1',
    host: 'a',
    origin: 'http://evil',
    authorization: 'Bearer x',
    'sec-fetch-site': 'cross-site',
  });
});

test('many event streams stay open side by side and leave the rest of the control plane reachable', async () => {
  const streams = await Promise.all(Array.from({ length: 100 }, () => RawClient.open(plane.port)));
  for (const stream of streams) stream.send('GET /_ring/v1/events HTTP/1.1\r\nHost: a\r\n\r\n');
  await Promise.all(streams.map((stream) => stream.until((received) => received.includes('data: 1\n\n'))));
  expect((await ask('GET /rep')).status).toBe(200);
  for (const stream of streams) stream.close();
});

test('a control plane that is gone is answered 503', async () => {
  const other = await planeFor([]);
  const client = await RawClient.open(other.port);
  client.send('GET /rep HTTP/1.1\r\nHost: a\r\n\r\n');
  expect((await client.answer()).status).toBe(503);
  client.close();
  await other.stop(100);
});
