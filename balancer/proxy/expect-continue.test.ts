/** Expect: 100-continue (RFC 9110, 10.1.1) from a client's socket to a replica's and back. */
import { afterEach, describe, expect, test } from 'vitest';
import type { TrafficOptions } from '../core/traffic.ts';
import { type Line, type ManualReplica, startManualReplica } from './testing/manual-replica.ts';
import { RawClient } from './testing/raw-client.ts';
import { planeFor } from './testing/traffic.ts';

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const DONE = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function replica(onBytes?: (line: Line) => void): Promise<ManualReplica> {
  const started = await startManualReplica(onBytes);
  cleanups.push(() => started.stop());
  return started;
}

async function clientOf(ports: readonly number[], options: Partial<TrafficOptions> = {}) {
  const plane = await planeFor(ports, options);
  cleanups.push(() => plane.stop(200));
  const open = async () => {
    const client = await RawClient.open(plane.port);
    cleanups.push(() => client.close());
    return client;
  };
  return { client: await open(), open };
}

function asking(method: string, body: string): string {
  return `${method} /e HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a client that asks before it sends its body', () => {
  test('is told to go on by the replica, when the replica says so, once', async () => {
    const { port, line } = await replica();
    const { client } = await clientOf([port]);
    client.send(asking('POST', 'hello'));
    const asked = await line(0);
    expect(await asked.head()).toMatch(/^POST \/e HTTP\/1\.1\r\n(?:.*\r\n)*Expect: 100-continue\r\n/);
    await pause(100);
    expect(client.received).toBe('');
    asked.say(CONTINUE);
    asked.say(CONTINUE);
    expect((await client.answer()).status).toBe(100);
    client.send('hello');
    await asked.until((received) => received.endsWith('hello'));
    asked.say(CONTINUE + DONE);
    expect(await client.answer()).toMatchObject({ status: 200, body: 'done' });
    expect(asked.body).toBe('hello');
  });

  test('gets other interim answers as they come', async () => {
    const { port, line } = await replica();
    const { client } = await clientOf([port]);
    client.send(asking('POST', 'hello'));
    (await line(0)).say(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${CONTINUE}`);
    expect((await client.answers(2)).map(({ status }) => status)).toEqual([103, 100]);
    client.send('hello');
    (await line(0)).say(DONE);
    expect((await client.answer()).status).toBe(200);
  });

  test.each([
    [417, 'HTTP/1.1 417 Expectation Failed\r\nContent-Length: 2\r\n\r\nno'],
    [200, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno'],
    [500, 'HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n'],
    [401, 'HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno'],
  ])('may get %d instead, and nothing it sends then is taken for a request', async (status, answer) => {
    const { port, line, lines } = await replica();
    const { client, open } = await clientOf([port]);
    client.send(asking('POST', 'hello'));
    const asked = await line(0);
    await asked.head();
    asked.say(answer);
    const text = await client.all();
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(text).toContain('Connection: close\r\n');
    expect(text).not.toContain('100 Continue');
    client.send('helloGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n');
    const next = (await open()).send('GET /next HTTP/1.1\r\nHost: a\r\n\r\n');
    const fresh = await line(1);
    expect(await fresh.head()).toMatch(/^GET \/next /);
    fresh.say(DONE);
    expect((await next.answer()).body).toBe('done');
    expect(asked.body).toBe('');
    expect(lines.map(({ received }) => received).join()).not.toContain('smuggled');
  });

  test('is told to go on by us after a while, where the replica knows nothing of it', async () => {
    const { port, line } = await replica((one) => {
      if (one.received.endsWith('hello')) one.say(DONE);
    });
    const { client } = await clientOf([port], { responseTimeoutMs: 500 });
    client.send(asking('POST', 'hello'));
    expect((await client.answer()).status).toBe(100);
    client.send('hello');
    expect((await client.answer()).body).toBe('done');
    expect((await line(0)).body).toBe('hello');
  });

  test('is told so once, even if the replica says it later', async () => {
    const { port, line } = await replica();
    const { client } = await clientOf([port]);
    client.send(asking('POST', 'hello'));
    expect((await client.answer()).status).toBe(100);
    (await line(0)).say(CONTINUE);
    client.send('hello');
    await (await line(0)).until((received) => received.endsWith('hello'));
    (await line(0)).say(DONE);
    expect((await client.answer()).status).toBe(200);
  });

  test('and never sends its body hears 408', async () => {
    const { port, line } = await replica();
    const { client } = await clientOf([port], { bodyIdleTimeoutMs: 300 });
    client.send(asking('POST', 'hello'));
    (await line(0)).say(CONTINUE);
    expect((await client.answers(2)).map(({ status }) => status)).toEqual([100, 408]);
  });

  test('hears 503 without a 100 where there is no replica', async () => {
    const { client } = await clientOf([]);
    client.send(asking('POST', 'hello'));
    expect(await client.all()).toMatch(/^HTTP\/1.1 503 /);
  });

  test('hears 413 without a 100 where the body would be too large', async () => {
    const { port } = await replica();
    const { client } = await clientOf([port], { maxBodyBytes: 4 });
    client.send(asking('POST', 'hello'));
    expect(await client.all()).toMatch(/^HTTP\/1.1 413 /);
  });
});

describe('a client that announces that it would wait, and does not', () => {
  test.each(['at once', 'a little later'])('gets its body through (%s), and the request behind it', async (when) => {
    const { port, line } = await replica((one) => {
      if (one.received.endsWith('hello')) one.say(DONE);
    });
    const { client } = await clientOf([port]);
    const next = 'GET /next HTTP/1.1\r\nHost: a\r\n\r\n';
    if (when === 'at once') client.send(`${asking('POST', 'hello')}hello${next}`);
    else {
      client.send(`${asking('POST', 'hello')}he`);
      await (await line(0)).head();
      client.send(`llo${next}`);
    }
    expect((await client.answer()).body).toBe('done');
    const asked = await line(0);
    await asked.until((received) => received.includes('GET /next'));
    expect(asked.body).toMatch(/^helloGET \/next /);
    asked.say(DONE);
    expect((await client.answer()).body).toBe('done');
  });

  test('may get the replica’s 100 all the same', async () => {
    const { port } = await replica((one) => {
      if (one.received.endsWith('hello')) one.say(CONTINUE + DONE);
    });
    const { client } = await clientOf([port]);
    client.send(`${asking('POST', 'hello')}hello`);
    expect((await client.answers(2)).map(({ status }) => status)).toEqual([100, 200]);
  });
});

/** Two replicas, the understudies of each other: which is asked first is known when it is. */
async function twoReplicas(onHead: (line: Line, isFirst: boolean) => void) {
  const heard: string[] = [];
  let first: number | undefined;
  const one = (seat: number) =>
    replica((line) => {
      if (!line.received.includes('\r\n\r\n')) return;
      first ??= seat;
      heard.push(line.received);
      onHead(line, first === seat);
    });
  const replicas = [await one(1), await one(2)];
  return { ports: replicas.map(({ port }) => port), heard };
}

describe('a replica that dies while a client waits to send its body', () => {
  const answerUnderstudy = (line: Line) => {
    if (line.body === '') line.say(CONTINUE);
    if (line.body === 'hello') line.say(DONE);
  };

  test('before its 100: a PUT goes on to the understudy, and one 100 comes back', async () => {
    const { ports } = await twoReplicas((line, isFirst) => (isFirst ? line.die() : answerUnderstudy(line)));
    const { client } = await clientOf(ports);
    client.send(asking('PUT', 'hello'));
    expect((await client.answer()).status).toBe(100);
    client.send('hello');
    expect((await client.answer()).body).toBe('done');
  });

  test('after its 100: a PUT goes on to the understudy, and no second 100 comes back', async () => {
    const dying = Promise.withResolvers<Line>();
    const { ports, heard } = await twoReplicas((line, isFirst) => {
      if (!isFirst) answerUnderstudy(line);
      else {
        line.say(CONTINUE);
        dying.resolve(line);
      }
    });
    const { client } = await clientOf(ports);
    client.send(asking('PUT', 'hello'));
    expect((await client.answer()).status).toBe(100);
    (await dying.promise).die();
    await expect.poll(() => heard.length).toBe(2);
    client.send('hello');
    expect((await client.answer()).body).toBe('done');
  });

  test('before its 100: a POST is not sent twice', async () => {
    const { ports, heard } = await twoReplicas((line) => line.die());
    const { client } = await clientOf(ports);
    client.send(asking('POST', 'hello'));
    expect(await client.all()).toMatch(/^HTTP\/1.1 502 /);
    expect(heard).toHaveLength(1);
  });

  test('with part of the body: a PUT is not sent twice', async () => {
    const { ports, heard } = await twoReplicas((line) => (line.body === '' ? line.say(CONTINUE) : line.die()));
    const { client } = await clientOf(ports);
    client.send(asking('PUT', 'hello'));
    expect((await client.answer()).status).toBe(100);
    client.send('he');
    expect(await client.all()).toMatch(/^HTTP\/1.1 502 /);
    expect(heard).toHaveLength(2);
  });
});

test.each(['a-miracle', '100-continue, a-miracle', ''])('the expectation %j is met by nobody: 417', async (value) => {
  const { port, lines } = await replica();
  const { client } = await clientOf([port]);
  client.send(`POST /e HTTP/1.1\r\nHost: a\r\nExpect: ${value}\r\nContent-Length: 5\r\n\r\nhello`);
  expect(await client.all()).toMatch(/^HTTP\/1.1 417 /);
  expect(lines).toEqual([]);
});

describe('without Expect', () => {
  const POST = 'POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n';

  test('a replica that answers ahead of the body is asked for nothing else over that connection', async () => {
    const { port, line } = await replica((one) => {
      if (one.received.endsWith('some')) one.say('HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno');
    });
    const { client, open } = await clientOf([port]);
    client.send(`${POST}some`);
    expect(await client.all()).toMatch(/^HTTP\/1.1 413 /);
    const next = (await open()).send('GET /next HTTP/1.1\r\nHost: a\r\n\r\n');
    const fresh = await line(1);
    await fresh.head();
    fresh.say(DONE);
    expect((await next.answer()).body).toBe('done');
    expect((await line(0)).body).toBe('some');
  });

  test('a body that goes on while its request is sent to the understudy arrives whole', async () => {
    const body = 'x'.repeat(100);
    let client: RawClient | undefined;
    const { ports } = await twoReplicas((line, isFirst) => {
      if (isFirst) {
        line.die();
        client?.send(body);
      } else if (line.body.length === 100) line.say(DONE);
    });
    ({ client } = await clientOf(ports, { responseTimeoutMs: 500, bodyIdleTimeoutMs: 500 }));
    client.send(POST.replace('POST', 'PUT'));
    expect((await client.answer()).status).toBe(200);
  });
});
