import { createServer } from 'node:http';
import { createServer as createTcpServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ListeningPlane } from '../core/traffic.ts';
import { selfSigned } from '../testing/self-signed.ts';
import { RawClient } from './testing/raw-client.ts';
import { listen, planeFor, seatRoute, snapshotOf } from './testing/traffic.ts';

/** Naming a field in Connection sends a request through the general lane and leaves no other trace. */
const GENERAL = 'Connection: keep-alive, x-lane\r\n';
const LANES = [
  { lane: 'fast', marker: '', proto: 'http' },
  { lane: 'general', marker: GENERAL, proto: 'http' },
  { lane: 'fast', marker: '', proto: 'https' },
  { lane: 'general', marker: GENERAL, proto: 'https' },
] as const;
const tls = { port: 0, certificates: [selfSigned(['localhost'])] };

const replica = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const body = Buffer.concat(pieces).toString('latin1');
    const seen = { method: request.method, url: request.url, raw: request.rawHeaders, body };
    switch (request.url) {
      case '/204':
        response.writeHead(204, { Connection: 'close' }).end();
        return;
      case '/304':
        response.writeHead(304, { ETag: '"x"' }).end();
        return;
      case '/chunked':
        response.writeHead(200, { Trailer: 'X-Sum' });
        response.write('first ');
        response.write('second');
        response.addTrailers({ 'X-Sum': '11' });
        response.end();
        return;
      case '/missing?q=1':
        response.writeHead(404).end('nothing here');
        return;
      case '/hop':
        response.writeHead(200, {
          Connection: 'x-secret',
          'X-Secret': 'hidden',
          'X-Ringmaster-Replica': 'forged',
          'Content-Length': '2',
        });
        response.end('ok');
        return;
      case '/large':
        response.end(Buffer.alloc(3_000_000, 'x'));
        return;
      default:
        response.end(JSON.stringify(seen));
    }
  });
});

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly raw: string[];
  readonly body: string;
}

/** A plane in front of a replica with manners of its own. */
async function inFrontOf(odd: Server): Promise<ListeningPlane> {
  version += 1;
  oddPlane.publish(snapshotOf([seatRoute(1, await listen(odd))], version));
  return oddPlane;
}

function valuesOf(seen: Seen, name: string): string[] {
  return seen.raw.filter((_, i) => i % 2 === 1 && seen.raw[i - 1]?.toLowerCase() === name);
}

let plane: ListeningPlane;
let oddPlane: ListeningPlane;
let version = 1;
beforeAll(async () => {
  plane = await planeFor([await listen(replica)], { tls });
  oddPlane = await planeFor([], { tls });
});
afterAll(async () => {
  await Promise.all([plane.stop(1000), oddPlane.stop(1000)]);
  replica.closeAllConnections();
  replica.close();
});

describe.each(LANES)('through the $lane lane, by $proto', ({ marker, proto }) => {
  const open = (to: ListeningPlane): Promise<RawClient> =>
    proto === 'http' ? RawClient.open(to.port) : RawClient.openTls(to.tlsPort ?? 0);

  async function ask(request: string): Promise<RawClient> {
    const client = await open(plane);
    return client.send(request.replace('\r\n', `\r\nHost: example.test\r\n${marker}`));
  }

  test.each(['GET', 'DELETE', 'OPTIONS', 'POST', 'PUT', 'PATCH'])('%s arrives as it was sent', async (method) => {
    const client = await ask(
      `${method} /a/b?c=%20d&e HTTP/1.1\r\nX-Mine: 1\r\nx-mine: 2\r\nContent-Length: 4\r\n\r\nbody`,
    );
    const { status, body, fields } = await client.answer();
    const seen = JSON.parse(body) as Seen;
    expect(status).toBe(200);
    expect(fields['x-ringmaster-replica']).toBe('S1');
    expect(seen).toMatchObject({ method, url: '/a/b?c=%20d&e', body: 'body' });
    expect(valuesOf(seen, 'x-mine')).toEqual(['1', '2']);
    expect(valuesOf(seen, 'host')).toEqual(['example.test']);
    client.close();
  });

  test('the replica is told the client once, whatever the client claims', async () => {
    const client = await ask(
      'GET / HTTP/1.1\r\nX-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Host: evil\r\nX-Forwarded-Proto: forged\r\n\r\n',
    );
    const seen = JSON.parse((await client.answer()).body) as Seen;
    expect(valuesOf(seen, 'x-forwarded-for')).toEqual(['127.0.0.1']);
    expect(valuesOf(seen, 'x-forwarded-host')).toEqual(['example.test']);
    expect(valuesOf(seen, 'x-forwarded-proto')).toEqual([proto]);
    client.close();
  });

  test("fields of the client's connection go no further", async () => {
    const client = await ask(
      'GET / HTTP/1.1\r\nKeep-Alive: timeout=5\r\nTE: trailers\r\nProxy-Connection: keep-alive\r\nProxy-Authorization: x\r\n\r\n',
    );
    const seen = JSON.parse((await client.answer()).body) as Seen;
    for (const name of ['keep-alive', 'te', 'proxy-connection', 'proxy-authorization', 'x-lane']) {
      expect(valuesOf(seen, name)).toEqual([]);
    }
    client.close();
  });

  test("fields of the replica's connection go no further, and its name cannot be forged", async () => {
    const client = await ask('GET /hop HTTP/1.1\r\n\r\n');
    const { fields, body } = await client.answer();
    expect(fields['x-secret']).toBeUndefined();
    expect(fields['connection']).toBeUndefined();
    expect(fields['x-ringmaster-replica']).toBe('S1');
    expect(body).toBe('ok');
    client.close();
  });

  test('answers without a body keep the connection open for the next', async () => {
    const client = await ask('GET /204 HTTP/1.1\r\n\r\n');
    expect((await client.answer()).status).toBe(204);
    for (const target of ['/304', '/204', '/x']) {
      client.send(`GET ${target} HTTP/1.1\r\nHost: example.test\r\n${marker}\r\n`);
      expect((await client.answer()).status).toBe(target === '/x' ? 200 : Number(target.slice(1)));
    }
    client.close();
  });

  test('the answer to HEAD has a length and no body', async () => {
    const client = await ask('HEAD /x HTTP/1.1\r\n\r\n');
    const head = await client.until((received) => received.includes('\r\n\r\n'));
    expect(head).toMatch(/^HTTP\/1.1 200 /);
    client.received = '';
    client.send(`GET /304 HTTP/1.1\r\nHost: example.test\r\n${marker}\r\n`);
    expect((await client.answer()).status).toBe(304);
    client.close();
  });

  test('a chunked answer arrives whole, with its trailers', async () => {
    const client = await ask('GET /chunked HTTP/1.1\r\n\r\n');
    const { body, trailers } = await client.answer();
    expect(body).toBe('first second');
    expect(trailers.toLowerCase()).toContain('x-sum: 11\r\n');
    client.close();
  });

  test('pipelined requests are answered in order', async () => {
    const request = (i: number) => `GET /${i} HTTP/1.1\r\nHost: example.test\r\n${marker}\r\n`;
    const client = await open(plane);
    client.send(Array.from({ length: 20 }, (_, i) => request(i)).join(''));
    const answers = await client.answers(20);
    expect(answers.map(({ body }) => (JSON.parse(body) as Seen).url)).toEqual(answers.map((_, i) => `/${i}`));
    client.close();
  });

  test('a body that comes in pieces arrives whole', async () => {
    const client = await ask('POST /p HTTP/1.1\r\nContent-Length: 300000\r\n\r\n');
    for (let i = 0; i < 30; i++) client.send('0123456789'.repeat(1000));
    const seen = JSON.parse((await client.answer()).body) as Seen;
    expect(seen.body).toBe('0123456789'.repeat(30_000));
    client.close();
  });

  test('a head that comes byte by byte is read like one that comes at once', async () => {
    const client = await open(plane);
    for (const byte of `GET /slow HTTP/1.1\r\nHost: example.test\r\n${marker}\r\n`) {
      client.send(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((JSON.parse((await client.answer()).body) as Seen).url).toBe('/slow');
    client.close();
  });

  test('the last answer says so and ends the connection', async () => {
    const client = await open(plane);
    const last = marker === '' ? 'Connection: close\r\n' : 'Connection: close, x-lane\r\n';
    client.send(`GET /last HTTP/1.1\r\nHost: example.test\r\n${last}\r\n`);
    const text = await client.all();
    expect(text).toContain('Connection: close\r\n');
    expect(text).toContain('"url":"/last"');
  });

  test('a client that ends its side after the request still gets the answer', async () => {
    const client = await ask('GET /half HTTP/1.1\r\n\r\n');
    client.socket.end();
    expect(await client.all()).toContain('"url":"/half"');
  });

  test('a large answer reaches a slow reader whole', async () => {
    const client = await ask('GET /large HTTP/1.1\r\n\r\n');
    client.socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 200));
    client.socket.resume();
    const { body } = await client.answer();
    expect(body.length).toBe(3_000_000);
    client.close();
  });

  test("without the contract a replica's 404 is passed on", async () => {
    const client = await ask('GET /missing?q=1 HTTP/1.1\r\n\r\n');
    expect(await client.answer()).toMatchObject({ status: 404, body: 'nothing here' });
    client.close();
  });

  test('a contract 404 becomes the 400 it asks for', async () => {
    const { port } = replica.address() as { port: number };
    const contract = await planeFor([port], { contractErrors: true, tls });
    const client = await open(contract);
    client.send(`GET /missing?q=1 HTTP/1.1\r\nHost: example.test\r\n${marker}\r\n`);
    const { status, body } = await client.answer();
    expect(status).toBe(400);
    expect(body).toBe(`{"message":"<Error> '/missing' endpoint does not exist in server replicas","status":"failure"}`);
    client.close();
    await contract.stop(1000);
  });

  test('an answer that ends with its connection arrives whole and leaves ours open', async () => {
    const old = createTcpServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\nuntil the end'));
    });
    const other = await inFrontOf(old);
    const client = await open(other);
    for (let i = 0; i < 2; i++) {
      client.send(`GET / HTTP/1.1\r\nHost: example.test\r\n${marker}\r\n`);
      expect((await client.answer()).body).toBe('until the end');
    }
    client.close();
    old.close();
  });

  test.each([
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    [
      'a length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n',
    ],
    ['no status', 'HTTP/1.1 OK\r\n\r\n'],
    ['another protocol', 'SSH-2.0-OpenSSH\r\n\r\n'],
  ])('an answer with %s is refused', async (_, answer) => {
    const odd = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(answer));
    });
    const other = await inFrontOf(odd);
    const client = await open(other);
    client.send(`GET / HTTP/1.1\r\nHost: example.test\r\n${marker}\r\n`);
    expect(await client.answer()).toMatchObject({
      status: 502,
      body: '{"message":"<Error> Replica failed to answer","status":"failure"}',
    });
    client.close();
    odd.close();
  });

  test('an answer shorter than said is cut, never completed', async () => {
    const short = createTcpServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this'));
    });
    const other = await inFrontOf(short);
    const client = await open(other);
    client.send(`GET / HTTP/1.1\r\nHost: example.test\r\n${marker}\r\n`);
    await client.all();
    expect(client.socket.errored).not.toBeNull();
    short.close();
  });

  test('an answer that a reset tears before its end is cut, never completed', async () => {
    const torn = createTcpServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\nonly this');
        setTimeout(() => socket.resetAndDestroy(), 50);
      });
    });
    const other = await inFrontOf(torn);
    const client = await open(other);
    client.send(`GET / HTTP/1.1\r\nHost: example.test\r\n${marker}\r\n`);
    await client.all();
    expect(client.socket.errored).not.toBeNull();
    torn.close();
  });

  test('an answer longer than said leaves the rest behind', async () => {
    const long = createTcpServer((socket) => {
      socket.on('data', () =>
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad'),
      );
    });
    const other = await inFrontOf(long);
    const client = await open(other);
    for (let i = 0; i < 3; i++) {
      client.send(`GET / HTTP/1.1\r\nHost: example.test\r\n${marker}\r\n`);
      expect((await client.answer()).body).toBe('ok');
    }
    client.close();
    long.close();
  });
});

test('requests of both lanes take turns on one connection', async () => {
  const client = await RawClient.open(plane.port);
  for (let i = 0; i < 6; i++) {
    const marker = LANES[i % 2]?.marker ?? '';
    client.send(`GET /${i} HTTP/1.1\r\nHost: example.test\r\n${marker}\r\n`);
    expect((JSON.parse((await client.answer()).body) as Seen).url).toBe(`/${i}`);
  }
  client.close();
});

test('a chunked request body arrives whole, and the next request behind it is its own', async () => {
  const client = await RawClient.open(plane.port);
  client.send('POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n');
  client.send('2;x=y\r\nde\r\n0\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n');
  const [first, second] = await client.answers(2);
  expect(JSON.parse(first?.body ?? '')).toMatchObject({ url: '/c', body: 'abcde' });
  expect(JSON.parse(second?.body ?? '')).toMatchObject({ url: '/next', body: '' });
  client.close();
});

test('a client that asks first is told to go on', async () => {
  const client = await RawClient.open(plane.port);
  client.send('PUT /e HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n');
  expect((await client.answer()).status).toBe(100);
  client.send('ok');
  expect(JSON.parse((await client.answer()).body)).toMatchObject({ url: '/e', body: 'ok' });
  client.close();
});

test('an HTTP/1.0 client is answered without chunks and let go', async () => {
  const client = await RawClient.open(plane.port);
  client.send('GET /chunked HTTP/1.0\r\n\r\n');
  const text = await client.all();
  expect(text).toContain('first second');
  expect(text.toLowerCase()).not.toContain('transfer-encoding');
});

test('an absolute target that agrees with Host is that target', async () => {
  const client = await RawClient.open(plane.port);
  client.send('GET http://a.test/abs?q HTTP/1.1\r\nHost: a.test\r\n\r\n');
  expect((JSON.parse((await client.answer()).body) as Seen).url).toBe('/abs?q');
  client.close();
});
