import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Address } from '../../core/ports.ts';
import { HttpProbe } from './http-probe.ts';

const forever = new AbortController().signal;
const probe = new HttpProbe({ path: '/well?yes=1' });
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) close();
  await probe.close();
});

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<Address> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(
    () => ('closeAllConnections' in server ? server.closeAllConnections() : null),
    () => server.close(),
  );
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

const http = (listener: RequestListener) => listen(createServer(listener));
const tcp = (onConnection: (socket: Socket) => void) =>
  listen(
    createTcpServer((socket) => {
      closers.push(() => socket.destroy());
      socket.on('error', () => {});
      onConnection(socket);
    }),
  );

test.each([200, 204, 302])('status %i is well', async (status) => {
  const address = await http((_request, response) => response.writeHead(status).end());
  expect(await probe.probe(address, 1000, forever)).toEqual({ ok: true, durationMs: expect.any(Number) });
});

test.each([404, 500, 503])('status %i is not, and said', async (status) => {
  const address = await http((_request, response) => response.writeHead(status).end('no'));
  expect(await probe.probe(address, 1000, forever)).toMatchObject({ ok: false, reason: `status ${status}` });
});

test('it asks for the path it was given, on a connection of its own each time', async () => {
  const seen: unknown[] = [];
  const ports = new Set<number | undefined>();
  const address = await http((request, response) => {
    seen.push([request.method, request.url, request.headers.connection]);
    ports.add(request.socket.remotePort);
    response.end();
  });
  await probe.probe(address, 1000, forever);
  await probe.probe(address, 1000, forever);
  expect(seen).toEqual(Array(2).fill(['GET', '/well?yes=1', 'close']));
  expect(ports.size).toBe(2);
});

test('a refused connection is said so', async () => {
  const server = createTcpServer();
  const address = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  expect(await probe.probe(address, 1000, forever)).toMatchObject({ ok: false, reason: 'connect ECONNREFUSED' });
});

test('no answer in time is said so, with the time', async () => {
  const address = await http(() => {});
  const result = await probe.probe(address, 40, forever);
  expect(result).toMatchObject({ ok: false, reason: 'timeout after 40 ms' });
  expect(result.durationMs).toBeGreaterThanOrEqual(39);
});

test('a connection that is closed instead of answered is said so', async () => {
  const address = await tcp((socket) => socket.once('data', () => socket.destroy()));
  expect(await probe.probe(address, 1000, forever)).toMatchObject({ ok: false, reason: 'closed without an answer' });
});

test('an answer that is no HTTP is said so', async () => {
  const address = await tcp((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n\r\n'));
  expect(await probe.probe(address, 1000, forever)).toMatchObject({ ok: false, reason: 'the answer is not HTTP' });
});

test('the first bytes decide: an endless body is cut, not waited for', async () => {
  let cut = false;
  const address = await http((_request, response) => {
    response.on('close', () => {
      cut = true;
    });
    const timer = setInterval(() => response.write('x'.repeat(10_000)), 1);
    closers.push(() => clearInterval(timer));
  });
  expect(await probe.probe(address, 5000, forever)).toMatchObject({ ok: true });
  await expect.poll(() => cut).toBe(true);
});

test('an abort rejects with its reason, before and during the question', async () => {
  const address = await http(() => {});
  await expect(probe.probe(address, 1000, AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
  const later = new AbortController();
  const asked = probe.probe(address, 10_000, later.signal);
  later.abort(new Error('changed my mind'));
  await expect(asked).rejects.toThrow('changed my mind');
});

test('closing ends the questions that are open', async () => {
  const address = await http(() => {});
  const own = new HttpProbe({ path: '/' });
  const asked = own.probe(address, 10_000, forever);
  await own.close();
  expect(await asked).toMatchObject({ ok: false, reason: 'closed without an answer' });
});
