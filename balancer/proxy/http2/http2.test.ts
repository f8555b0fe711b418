import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type ClientHttp2Session, connect, constants } from 'node:http2';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { UpstreamReport } from '../../core/snapshot.ts';
import type { ListeningPlane, TrafficOptions } from '../../core/traffic.ts';
import { selfSigned } from '../../testing/self-signed.ts';
import { answerOf, ask, begin, close, openSession } from '../testing/http2-client.ts';
import { RawClient } from '../testing/raw-client.ts';
import { listen, planeFor } from '../testing/traffic.ts';

const { NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR, NGHTTP2_NO_ERROR } = constants;
const tls = { port: 0, certificates: [selfSigned(['localhost'])] };

/** What the replica has seen of `/watched`: how its request ended. */
const endings: string[] = [];
let flowing = 0;

function watch(request: IncomingMessage, response: ServerResponse): void {
  request.on('end', () =>
    endings.push(`whole ${request.headers['content-length'] ?? request.headers['transfer-encoding']}`),
  );
  request.on('error', () => endings.push('cut'));
  response.on('close', () => endings.push(response.writableFinished ? 'answered' : 'abandoned'));
  request.resume();
}

function flow(response: ServerResponse): void {
  const piece = Buffer.alloc(65_536, 'x');
  const more = (): void => {
    while (!response.destroyed) {
      flowing += piece.length;
      if (!response.write(piece)) break;
    }
  };
  response.on('drain', more);
  more();
}

function tear(request: IncomingMessage, response: ServerResponse, fields: Record<string, string>): void {
  response.writeHead(200, fields);
  response.write('only this');
  setTimeout(() => (request.socket as Socket).resetAndDestroy(), 20);
}

const SPECIAL: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => unknown>> = {
  '/204': (_, response) => response.writeHead(204, { Connection: 'close' }).end(),
  '/304': (_, response) => response.writeHead(304, { ETag: '"x"' }).end(),
  '/trailers': (_, response) => {
    response.writeHead(200, { Trailer: 'X-Sum' });
    response.write('first ');
    response.addTrailers({ 'X-Sum': '11', 'Keep-Alive': 'no' });
    response.end('second');
  },
  '/missing?q=1': (_, response) => response.writeHead(404).end('nothing here'),
  '/fields': (_, response) =>
    response
      .writeHead(
        200,
        [
          ['Connection', 'x-secret'],
          ['X-Secret', 'hidden'],
          ['X-Ringmaster-Replica', 'forged'],
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
          ['ETag', '"1"'],
          ['ETag', '"2"'],
          ['Content-Length', '2'],
        ].flat(),
      )
      .end('ok'),
  '/early': (_, response) => {
    response.writeEarlyHints({ link: '</a.css>; rel=preload' });
    response.end('late');
  },
  '/large': (_, response) => response.end(Buffer.alloc(3_000_000, 'x')),
  '/endless': (_, response) => flow(response),
  '/torn': (request, response) => tear(request, response, { 'Content-Length': '100' }),
  '/torn-chunked': (request, response) => tear(request, response, {}),
  '/no': (_, response) => response.writeHead(403).end('no'),
  '/watched': watch,
};

const replica = createServer((request, response) => {
  const special = SPECIAL[request.url ?? ''];
  if (special !== undefined) {
    special(request, response);
    return;
  }
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const body = Buffer.concat(pieces).toString('latin1');
    response.end(JSON.stringify({ method: request.method, url: request.url, raw: request.rawHeaders, body }));
  });
});

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly raw: string[];
  readonly body: string;
}

function valuesOf(seen: Seen, name: string): string[] {
  return seen.raw.filter((_, i) => i % 2 === 1 && seen.raw[i - 1]?.toLowerCase() === name);
}

let port = 0;
let plane: ListeningPlane;
const reports: UpstreamReport[] = [];
const cleanups: (() => unknown)[] = [];
beforeAll(async () => {
  port = await listen(replica);
  plane = await planeFor([port], { tls });
  plane.onReport((report) => reports.push(report));
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
afterAll(async () => {
  await plane.stop(1000);
  replica.closeAllConnections();
  replica.close();
});

async function session(to = plane, proto: 'http' | 'https' = 'http'): Promise<ClientHttp2Session> {
  const opened = await openSession(to, proto);
  cleanups.push(() => close(opened));
  return opened;
}

async function otherPlane(options: Partial<TrafficOptions>): Promise<ListeningPlane> {
  const other = await planeFor([port], options);
  cleanups.push(() => other.stop(1000));
  return other;
}

describe.each(['http', 'https'] as const)('by %s', (proto) => {
  const open = (): Promise<ClientHttp2Session> => session(plane, proto);

  test.each(['GET', 'DELETE', 'OPTIONS', 'POST', 'PUT', 'PATCH'])('%s arrives as it was sent', async (method) => {
    const client = await open();
    const { status, fields, body } = await ask(
      client,
      { ':method': method, ':path': '/a/b?c=%20d&e', 'x-mine': ['1', '2'], 'content-length': '4' },
      'body',
    );
    const seen = JSON.parse(body) as Seen;
    expect(status).toBe(200);
    expect(fields['x-ringmaster-replica']).toBe('S1');
    expect(fields['date']).toBeDefined();
    expect(seen).toMatchObject({ method, url: '/a/b?c=%20d&e', body: 'body' });
    expect(valuesOf(seen, 'x-mine')).toEqual(['1', '2']);
    expect(valuesOf(seen, 'host')).toEqual(['example.test']);
    expect(valuesOf(seen, 'content-length')).toEqual(['4']);
  });

  test('the replica is told the client once, whatever the client claims', async () => {
    const { body } = await ask(await open(), {
      ':path': '/',
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-proto': 'forged',
      forwarded: 'for=6.6.6.6',
    });
    const seen = JSON.parse(body) as Seen;
    expect(valuesOf(seen, 'x-forwarded-for')).toEqual(['127.0.0.1']);
    expect(valuesOf(seen, 'x-forwarded-host')).toEqual(['example.test']);
    expect(valuesOf(seen, 'x-forwarded-proto')).toEqual([proto]);
    expect(valuesOf(seen, 'forwarded')).toEqual([]);
  });

  test('a body of unknown length arrives whole', async () => {
    const stream = begin(await open(), { ':method': 'POST', ':path': '/p' });
    for (let i = 0; i < 30; i++) stream.write('0123456789'.repeat(1000));
    stream.end();
    expect((JSON.parse((await answerOf(stream)).body) as Seen).body).toBe('0123456789'.repeat(30_000));
  });

  test('a large answer reaches a slow reader whole', async () => {
    const stream = (await open()).request({ ':path': '/large' });
    stream.pause();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const answer = answerOf(stream);
    stream.resume();
    expect((await answer).body.length).toBe(3_000_000);
  });

  test('hundred requests at once are answered each with its own', async () => {
    const client = await open();
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => ask(client, `/${i}`)));
    expect(answers.map(({ body }) => (JSON.parse(body) as Seen).url)).toEqual(answers.map((_, i) => `/${i}`));
  });
});

test('cookies that come in crumbs are one field again', async () => {
  const { body } = await ask(await session(), { ':path': '/', cookie: ['a=1', 'b=2', 'c=3'], 'x-last': 'cookie' });
  expect(valuesOf(JSON.parse(body) as Seen, 'cookie')).toEqual(['a=1; b=2; c=3']);
});

test('fields of the connection with the replica go no further, others come as often as they were said', async () => {
  const { fields, body } = await ask(await session(), '/fields');
  expect(fields).toMatchObject({ 'x-ringmaster-replica': 'S1', 'set-cookie': ['a=1', 'b=2'] });
  expect(fields['etag']).toBe('"1"');
  expect(fields['x-secret']).toBeUndefined();
  expect(body).toBe('ok');
});

test('the answer to HEAD has a length and no body', async () => {
  const { status, fields, body } = await ask(await session(), { ':method': 'HEAD', ':path': '/fields' });
  expect({ status, body, length: fields['content-length'] }).toEqual({ status: 200, body: '', length: '2' });
});

test.each(['204', '304'])('%s has no body, and the connection stays', async (status) => {
  const client = await session();
  for (let i = 0; i < 2; i++) {
    expect(await ask(client, `/${status}`)).toMatchObject({ status: Number(status), body: '', resetCode: 0 });
  }
});

test('trailers are passed on, without those of the connection', async () => {
  const { body, trailers } = await ask(await session(), '/trailers');
  expect(body).toBe('first second');
  expect(trailers).toMatchObject({ 'x-sum': '11' });
  expect(trailers['keep-alive']).toBeUndefined();
});

test("a request's trailers never become fields", async () => {
  const client = await session();
  const stream = client.request({ ':method': 'POST', ':path': '/t' }, { endStream: false, waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'x-late': 'yes', host: 'evil.test' }));
  stream.end('body');
  const seen = JSON.parse((await answerOf(stream)).body) as Seen;
  expect(seen.body).toBe('body');
  expect(valuesOf(seen, 'x-late')).toEqual([]);
});

test('103 comes ahead of the answer', async () => {
  expect(await ask(await session(), '/early')).toMatchObject({ interim: [103], status: 200, body: 'late' });
});

test('a client that asks first is told to go on', async () => {
  const stream = begin(await session(), { ':method': 'PUT', ':path': '/e', expect: '100-continue' });
  const answer = answerOf(stream);
  await once(stream, 'continue');
  stream.end('ok');
  expect(JSON.parse((await answer).body)).toMatchObject({ url: '/e', body: 'ok' });
});

test.each([
  [{ ':method': 'GET', expect: 'a miracle' }, 417],
  [{ ':method': 'BREW' }, 501],
  [{ ':path': `/${'x'.repeat(9000)}` }, 414],
  [{ 'x-long': 'x'.repeat(33_000) }, 431],
  [Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`x-${i}`, '1'])), 431],
  [{ host: 'other.test' }, 400],
  [{ ':authority': 'example.test:123456' }, 400],
  [{ ':path': '/a#b' }, 400],
  [{ ':method': 'OPTIONS', ':path': '*' }, 204],
  [{ ':method': 'OPTIONS', 'max-forwards': '0' }, 204],
  [{ ':method': 'TRACE', 'max-forwards': '0' }, 501],
])('%j is answered %i here', async (headers, status) => {
  const answer = await ask(await session(), { ':path': '/', ...headers } as Record<string, string>);
  expect(answer.status).toBe(status);
  if (status !== 204) expect(JSON.parse(answer.body)).toMatchObject({ status: 'failure' });
  expect(answer.fields['x-ringmaster-replica']).toBeUndefined();
});

test('CONNECT opens no tunnel', async () => {
  const stream = (await session()).request({ ':method': 'CONNECT', ':authority': 'example.test:443' });
  expect((await answerOf(stream)).status).toBe(501);
});

test('a body is limited, whether its length is said or not', async () => {
  const client = await session(await otherPlane({ maxBodyBytes: 1000 }));
  const post = { ':method': 'POST', ':path': '/' };
  expect(await ask(client, { ...post, 'content-length': '2000' }, 'x'.repeat(2000))).toMatchObject({ status: 413 });
  expect(await ask(client, post, 'x'.repeat(2000))).toMatchObject({ status: 413 });
  expect(await ask(client, post, 'x'.repeat(1000))).toMatchObject({ status: 200 });
});

test('an answer ahead of the end of the request is whole, and what is left of the request not wanted', async () => {
  const client = await session();
  for (let i = 0; i < 3; i++) {
    const stream = begin(client, { ':method': 'POST', ':path': '/no' });
    stream.write('x'.repeat(10_000));
    expect(await answerOf(stream)).toMatchObject({ status: 403, body: 'no', resetCode: NGHTTP2_NO_ERROR });
  }
  expect(await ask(client, '/after')).toMatchObject({ status: 200 });
});

test("without the contract a replica's 404 is passed on, with it it becomes a 400", async () => {
  expect(await ask(await session(), '/missing?q=1')).toMatchObject({ status: 404, body: 'nothing here' });
  const contract = await session(await otherPlane({ contractErrors: true }));
  expect(await ask(contract, '/missing?q=1')).toMatchObject({
    status: 400,
    body: `{"message":"<Error> '/missing' endpoint does not exist in server replicas","status":"failure"}`,
  });
});

test.each(['/torn', '/torn-chunked'])('an answer that breaks off is reset, never completed (%s)', async (path) => {
  const stream = (await session()).request({ ':path': path });
  stream.on('error', () => undefined);
  let ended = false;
  stream.on('end', () => {
    ended = true;
  });
  const { status, resetCode, body } = await answerOf(stream);
  expect({ status, resetCode, body }).toEqual({ status: 200, resetCode: NGHTTP2_INTERNAL_ERROR, body: 'only this' });
  expect(ended).toBe(false);
});

test('a request that is taken back is taken back from the replica, and held against nobody', async () => {
  const client = await session();
  reports.length = 0;
  endings.length = 0;
  const failed = plane.totals().seats[0]?.failed;
  const stream = client.request({ ':path': '/watched' });
  stream.on('error', () => undefined);
  await vi.waitUntil(() => endings.length === 1, 5000);
  stream.close(NGHTTP2_CANCEL);
  await vi.waitUntil(() => endings.length === 2, 5000);
  expect(endings[1]).toBe('abandoned');
  expect(reports.filter(({ kind }) => kind !== 'closed')).toEqual([]);
  expect(plane.totals().seats[0]?.failed).toBe(failed);
  await vi.waitUntil(() => plane.totals().seats[0]?.inFlight === 0, 5000);
});

test('a body that is given up never looks whole', async () => {
  endings.length = 0;
  const stream = begin(await session(), { ':method': 'POST', ':path': '/watched' });
  stream.write('half of it');
  await new Promise((resolve) => setTimeout(resolve, 100));
  // `close` would send the end of the stream first.
  stream.destroy(new Error('given up'));
  await vi.waitUntil(() => endings.includes('abandoned'), 5000);
  expect(endings.join()).not.toContain('whole');
});

test('a client that goes away in the middle of a body leaves no whole request behind', async () => {
  endings.length = 0;
  const client = await session();
  begin(client, { ':method': 'HEAD', ':path': '/watched' }).write('half of it');
  await new Promise((resolve) => setTimeout(resolve, 100));
  await close(client);
  await vi.waitUntil(() => endings.includes('abandoned'), 5000);
  expect(endings.join()).not.toContain('whole');
});

test('a replica is not read faster than the client takes it', async () => {
  flowing = 0;
  const client = await session();
  const stream = client.request({ ':path': '/endless' });
  stream.on('error', () => undefined);
  stream.pause();
  await once(stream, 'response');
  let before = -1;
  while (before !== flowing) {
    before = flowing;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  // What the kernel's socket buffers hold, and some of ours.
  expect(flowing).toBeLessThan(16_000_000);
  stream.close(NGHTTP2_CANCEL);
});

test('a client that takes nothing of an answer loses it, and the connection stays', async () => {
  const client = await session(await otherPlane({ bodyIdleTimeoutMs: 300, minBytesPerSecond: 0 }));
  const stream = client.request({ ':path': '/endless' });
  stream.on('error', () => undefined);
  const answer = answerOf(stream);
  stream.pause();
  expect(await answer).toMatchObject({ status: 200, resetCode: NGHTTP2_INTERNAL_ERROR });
  expect(await ask(client, '/next')).toMatchObject({ status: 200 });
});

test('a client that stops sending its body is told so', async () => {
  const client = await session(await otherPlane({ bodyIdleTimeoutMs: 300, minBytesPerSecond: 0 }));
  const stream = begin(client, { ':method': 'POST', ':path': '/p' });
  stream.write('some');
  expect(await answerOf(stream)).toMatchObject({ status: 408 });
});

test('a refusal that nobody takes is not kept', async () => {
  const other = await otherPlane({ bodyIdleTimeoutMs: 300, minBytesPerSecond: 0 });
  const client = connect(`http://127.0.0.1:${other.port}`, { settings: { initialWindowSize: 0 } });
  cleanups.push(() => close(client));
  client.on('error', () => undefined);
  await once(client, 'connect');
  const refused = ask(client, { ':path': '/', host: 'other.test' });
  expect(await refused).toMatchObject({ status: 400, resetCode: NGHTTP2_INTERNAL_ERROR });
});

test('the preface may come byte by byte', async () => {
  const client = await RawClient.open(plane.port);
  for (const byte of 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n') {
    client.send(byte);
    await new Promise((resolve) => setImmediate(resolve));
  }
  client.send('\0\0\0\x04\0\0\0\0\0');
  // Our SETTINGS, and the acknowledgement of the client's.
  await client.until((received) => received.startsWith('\0\0') && received.includes('\0\0\0\x04\x01\0\0\0\0'));
  client.close();
});

test('what only begins like HTTP/2 is refused, and so is all of it where it is off', async () => {
  const off = await otherPlane({ http2: false, tls });
  for (const [to, text] of [
    [plane.port, 'PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n'],
    [off.port, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ] as const) {
    const client = await RawClient.open(to);
    expect(await client.send(text).all()).toMatch(/^HTTP\/1\.1 505 /);
  }
  await expect(openSession(off, 'https')).rejects.toThrow();
});

test('an upgrade to h2c is not followed', async () => {
  const client = await RawClient.open(plane.port);
  client.send(
    'GET /up HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n',
  );
  const { status, body } = await client.answer();
  expect(status).toBe(200);
  expect(valuesOf(JSON.parse(body) as Seen, 'upgrade')).toEqual([]);
  client.close();
});

test('a connection without requests is said goodbye to', async () => {
  const client = await session(await otherPlane({ keepAliveTimeoutMs: 200 }));
  expect(await ask(client, '/')).toMatchObject({ status: 200 });
  const [code] = await once(client, 'goaway');
  expect(code).toBe(NGHTTP2_NO_ERROR);
});

test('the last request a connection may make is answered', async () => {
  const client = await session(await otherPlane({ maxRequestsPerConnection: 2 }));
  const goodbye = once(client, 'goaway');
  expect(await ask(client, '/1')).toMatchObject({ status: 200 });
  expect(await ask(client, '/2')).toMatchObject({ status: 200 });
  await goodbye;
});

test('connections are counted', async () => {
  const other = await otherPlane({});
  const client = await session(other);
  await ask(client, '/');
  expect(other.totals().clientConnections).toBe(1);
  await close(client);
  await vi.waitUntil(() => other.totals().clientConnections === 0, 5000);
});
