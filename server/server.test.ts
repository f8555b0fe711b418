import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startServer } from './start-server.ts';

test('GET /home says hello with the id and no brackets', async () => {
  await using server = await startServer({ SERVER_ID: 'S7' });
  const answer = await fetch(`${server.url}/home`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(await answer.text()).toBe('{"message":"Hello from Server: S7","status":"successful"}');
});

test('GET /heartbeat is 200 and empty', async () => {
  await using server = await startServer({});
  const answer = await fetch(`${server.url}/heartbeat`);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('');
});

test.each([
  ['GET', '/other'],
  ['GET', '/home/'],
  ['POST', '/home'],
  ['GET', '/lab/echo'],
])('%s %s is 404 in JSON', async (method, path) => {
  await using server = await startServer({});
  const answer = await fetch(server.url + path, { method });
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ status: 'failure' });
});

test('a query does not hide a path', async () => {
  await using server = await startServer({});
  expect((await fetch(`${server.url}/home?a=1`)).status).toBe(200);
});

test('it prints a line when it starts, one when it stops, and none for a request', async () => {
  await using server = await startServer({ SERVER_ID: 'S1' });
  await (await fetch(`${server.url}/home`)).text();
  server.child.kill('SIGTERM');
  expect(await server.exited).toBe(0);
  expect(server.lines).toEqual([`S1: listening on 127.0.0.1:${server.port}`, 'S1: stopping on SIGTERM', 'S1: stopped']);
});

test('it prints a line for each request when asked to', async () => {
  await using server = await startServer({ SERVER_LOG: 'requests' });
  await (await fetch(`${server.url}/home?a=1`)).text();
  await (await fetch(`${server.url}/nothing`)).text();
  server.child.kill('SIGTERM');
  await server.exited;
  expect(server.lines).toEqual(expect.arrayContaining(['GET /home?a=1 200', 'GET /nothing 404']));
});

test('SIGTERM lets a request in flight finish and closes idle and silent connections at once', async () => {
  await using server = await startServer({ SERVER_LAB: '1' });
  const agent = new Agent({ keepAlive: true });
  await new Promise((resolve) => get(`${server.url}/home`, { agent }, (answer) => answer.resume().on('end', resolve)));
  const silent = connect(server.port, '127.0.0.1');
  await once(silent, 'connect');
  const slow = fetch(`${server.url}/lab/stream?bytes=4&chunk=1&everyMs=100`);
  const answer = await slow;
  const closed = once(silent, 'close');
  silent.resume();
  server.child.kill('SIGTERM');
  await closed;
  expect(await answer.text()).toBe('rrrr');
  expect(await server.exited).toBe(0);
  agent.destroy();
});

test('bad settings are all named and end it with 2', async () => {
  const failed = startServer({ PORT: '99999', SERVER_KEEP_ALIVE_MS: 'soon' });
  await expect(failed).rejects.toThrow(/exit 2: PORT must be.*99999.*\nSERVER_KEEP_ALIVE_MS must be.*soon/);
});

test('a port in use is named and ends it with 1', async () => {
  await using first = await startServer({});
  await expect(startServer({ PORT: String(first.port) })).rejects.toThrow(/exit 1: .*cannot listen.*EADDRINUSE/);
});
