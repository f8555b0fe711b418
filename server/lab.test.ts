import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startServer } from './start-server.ts';

test('the lab echoes method, target, headers as they came, and body', async () => {
  await using server = await startServer({ SERVER_LAB: '1', SERVER_ID: 'S1' });
  const answer = await fetch(`${server.url}/lab/echo?x=1`, { method: 'PUT', body: 'héllo', headers: { 'X-One': 'a' } });
  expect(await answer.json()).toMatchObject({
    server: 'S1',
    method: 'PUT',
    target: '/lab/echo?x=1',
    headers: { 'x-one': 'a' },
    bytes: 6,
    body: 'héllo',
  });
});

test('a body too large to echo is refused and counted', async () => {
  await using server = await startServer({ SERVER_LAB: '1' });
  const answer = await fetch(`${server.url}/lab/echo`, { method: 'POST', body: Buffer.alloc(2_000_000) });
  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ bytes: 2_000_000, body: null });
});

test('the mirror sends a body of any size back whole', async () => {
  await using server = await startServer({ SERVER_LAB: '1' });
  const body = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => i % 251));
  const answer = await fetch(`${server.url}/lab/mirror`, { method: 'POST', body });
  expect(Buffer.from(await answer.arrayBuffer()).equals(body)).toBe(true);
});

test.each([
  ['/lab/stream?bytes=100000&chunk=777', 'chunked', null],
  ['/lab/bytes?bytes=100000', null, '100000'],
])('%s streams exactly the bytes asked for', async (path, encoding, length) => {
  await using server = await startServer({ SERVER_LAB: '1' });
  const answer = await fetch(server.url + path);
  expect(answer.headers.get('transfer-encoding')).toBe(encoding);
  expect(answer.headers.get('content-length')).toBe(length);
  expect((await answer.arrayBuffer()).byteLength).toBe(100_000);
});

test.each([
  ['code=503', 503],
  ['code=204', 204],
  ['code=418', 418],
])('/lab/status?%s answers %i', async (query, status) => {
  await using server = await startServer({ SERVER_LAB: '1' });
  expect((await fetch(`${server.url}/lab/status?${query}`)).status).toBe(status);
});

test('an abort breaks the connection, before or within the answer', async () => {
  await using server = await startServer({ SERVER_LAB: '1' });
  await expect(fetch(`${server.url}/lab/abort`)).rejects.toThrow('fetch failed');
  const cut = await fetch(`${server.url}/lab/abort?after=10`);
  await expect(cut.text()).rejects.toThrow();
});

test('a behaviour lasts until it is told otherwise and leaves the lab itself alone', async () => {
  await using server = await startServer({ SERVER_LAB: '1' });
  const behave = (query: string) => fetch(`${server.url}/lab/behaviour?${query}`, { method: 'PUT' });
  const home = async () => (await fetch(`${server.url}/home`)).status;
  await behave('status=500&path=/home');
  expect([await home(), await home()]).toEqual([500, 500]);
  expect((await fetch(`${server.url}/heartbeat`)).status).toBe(200);
  await behave('close=1');
  await expect(home()).rejects.toThrow('fetch failed');
  const before = performance.now();
  await behave('delayMs=60');
  expect(await home()).toBe(200);
  expect(performance.now() - before).toBeGreaterThan(59);
  await behave('');
  expect(await home()).toBe(200);
});

test('it exits when told to, at once or after a time', async () => {
  await using told = await startServer({ SERVER_LAB: '1' });
  await (await fetch(`${told.url}/lab/exit?code=7`)).text();
  expect(await told.exited).toBe(7);
  await using timed = await startServer({ SERVER_LAB: '1', SERVER_LAB_EXIT_AFTER_MS: '30' });
  expect(await timed.exited).toBe(1);
});

test('a WebSocket gets its messages back, short and long, text and binary', async () => {
  await using server = await startServer({ SERVER_LAB: '1' });
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/lab/websocket`);
  socket.binaryType = 'arraybuffer';
  await once(socket, 'open');
  const echoed = async (message: string | ArrayBuffer) => {
    const next = once(socket, 'message');
    socket.send(message);
    const [event] = await next;
    return event.data as string | ArrayBuffer;
  };
  expect(await echoed('hello')).toBe('hello');
  expect(await echoed('x'.repeat(200))).toHaveLength(200);
  const binary = Uint8Array.from({ length: 70_000 }, (_, i) => i % 256).buffer;
  expect(Buffer.from((await echoed(binary)) as ArrayBuffer).equals(Buffer.from(binary))).toBe(true);
  socket.close(1000);
  const [closed] = await once(socket, 'close');
  expect(closed.code).toBe(1000);
});

test('SIGTERM says goodbye to WebSockets with 1001 and does not wait for them', async () => {
  await using server = await startServer({ SERVER_LAB: '1' });
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/lab/websocket`);
  await once(socket, 'open');
  const closed = once(socket, 'close');
  server.child.kill('SIGTERM');
  expect((await closed)[0].code).toBe(1001);
  expect(await server.exited).toBe(0);
});

test('an upgrade to anything else is refused', async () => {
  await using server = await startServer({ SERVER_LAB: '1' });
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/home`);
  const [error] = await once(socket, 'error');
  expect(error.type).toBe('error');
});
