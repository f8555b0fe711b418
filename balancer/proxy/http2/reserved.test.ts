import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ListeningPlane } from '../../core/traffic.ts';
import { ask, close, openSession } from '../testing/http2-client.ts';
import { listen, planeFor } from '../testing/traffic.ts';

const adminSocket = join(tmpdir(), `ringmaster-reserved-h2-${process.pid}.sock`);
let plane: ListeningPlane;
let control: Server;
let replica: Server;
let readers = 0;
beforeAll(async () => {
  replica = createServer((request, response) => void response.end(`replica ${request.url}`));
  control = createServer((request, response) => {
    if (request.url !== '/_ring/v1/events') {
      response.end(JSON.stringify({ url: request.url, method: request.method, headers: request.headers }));
      return;
    }
    readers++;
    response.on('close', () => readers--);
    // Until the end of the connection, as the real one does.
    response.useChunkedEncodingByDefault = false;
    response.shouldKeepAlive = false;
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write('data: 1\n\n');
    setTimeout(() => response.write('data: 2\n\n'), 100);
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

test('reserved paths are answered by the control plane, which sees who asks and for which host', async () => {
  const session = await openSession(plane);
  const { body } = await ask(session, {
    ':method': 'POST',
    ':path': '/add',
    ':authority': 'evil.test:5000',
    'x-ringmaster-client': '6.6.6.6',
    origin: 'http://evil.test',
    authorization: 'Bearer x',
  });
  expect(JSON.parse(body)).toMatchObject({
    url: '/add',
    method: 'POST',
    headers: {
      host: 'evil.test:5000',
      origin: 'http://evil.test',
      authorization: 'Bearer x',
      'x-ringmaster-client': '127.0.0.1',
    },
  });
  expect((await ask(session, '/%72ep')).body).toBe('replica /%72ep');
  await close(session);
});

test('events come as they happen, beside other requests, and end when the client goes', async () => {
  const session = await openSession(plane);
  const stream = session.request({ ':path': '/_ring/v1/events', ':authority': 'a' });
  let events = '';
  stream.on('data', (piece: Buffer) => {
    events += piece.toString();
  });
  await once(stream, 'response');
  await vi.waitUntil(() => events === 'data: 1\n\ndata: 2\n\n', 5000);
  expect((await ask(session, '/x')).body).toBe('replica /x');
  expect(readers).toBe(1);
  await close(session);
  await vi.waitUntil(() => readers === 0, 5000);
});

test('a control plane that does not answer is said so', async () => {
  const alone = await planeFor([], { adminSocket: join(tmpdir(), 'ringmaster-nobody.sock') });
  const session = await openSession(alone);
  expect(await ask(session, '/rep')).toMatchObject({ status: 503 });
  expect(await ask(session, '/x')).toMatchObject({ status: 503, fields: { 'retry-after': '1' } });
  await close(session);
  await alone.stop(100);
});
