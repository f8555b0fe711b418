/** The contract word for word, and the admin API, against the real thing. */

import { rm } from 'node:fs/promises';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, createClient, type Received } from '../lib/client/client.ts';
import { launch, type RealBalancer, runMain, stateFolder, until, withBalancer } from './testing/real-balancer.ts';

let state = '';
let balancer: RealBalancer;

beforeAll(async () => {
  state = await stateFolder();
  balancer = await launch({ state });
});

afterAll(async () => {
  await balancer.end();
  await rm(state, { recursive: true, force: true });
});

async function send(method: string, path: string, body?: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(balancer.url + path, { method, ...(body === undefined ? {} : { body }) });
  return { status: response.status, body: await response.json() };
}

function refusal(message: string): object {
  return { message: `<Error> ${message}`, status: 'failure' };
}

/** fetch sets Host and Origin itself. */
function rawStatus(
  headers: Record<string, string>,
  method = 'GET',
  path = '/rep',
  url = balancer.url,
): Promise<number> {
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  request({ hostname, port, method, path, headers }, (response) => {
    response.resume();
    resolve(response.statusCode ?? 0);
  })
    .once('error', reject)
    .end();
  return promise;
}

/** Reads the event stream until a message is the last one wanted. */
function listen(
  client: Client,
  isLast: (received: Received) => boolean,
  lastId?: string,
): { readonly received: Received[]; readonly done: Promise<readonly Received[]> } {
  const received: Received[] = [];
  const read = async (): Promise<readonly Received[]> => {
    for await (const one of client.events(new AbortController().signal, lastId)) {
      received.push(one);
      if (isLast(one)) break;
    }
    return received;
  };
  return { received, done: read() };
}

describe('the contract', () => {
  test('/rep lists the replicas', async () => {
    expect(await send('GET', '/rep')).toEqual({
      status: 200,
      body: { message: { N: 3, replicas: ['S1', 'S2', 'S3'] }, status: 'successful' },
    });
  });

  test('/add and /rm answer with the list, names given and chosen', async () => {
    const added = await send('POST', '/add', JSON.stringify({ n: 3, hostnames: ['S5', 'web-1.a'] }));
    expect(added).toEqual({
      status: 200,
      body: { message: { N: 6, replicas: ['S1', 'S2', 'S3', 'S5', 'web-1.a', 'S4'] }, status: 'successful' },
    });
    const removed = await send('DELETE', '/rm', JSON.stringify({ n: 2, hostnames: ['S5', 'web-1.a'] }));
    expect(removed.body).toEqual({ message: { N: 4, replicas: ['S1', 'S2', 'S3', 'S4'] }, status: 'successful' });
    const random = (await send('DELETE', '/rm', '{"n":1}')) as { body: { message: { N: number } } };
    expect(random.body.message.N).toBe(3);
  });

  const TOO_MANY_ADDED = 'Length of hostname list is more than newly added instances';
  const TOO_MANY_REMOVED = 'Length of hostname list is more than removable instances';

  test.each([
    ['no JSON', 'n=3', 'The body must be a JSON object'],
    ['a list', '[1]', 'The body must be a JSON object'],
    ['null', 'null', 'The body must be a JSON object'],
    ['nothing', '', 'The body must be a JSON object'],
    ['n missing', '{}', 'n must be a whole number from 1 to 56'],
    ['n zero', '{"n":0}', 'n must be a whole number from 1 to 56'],
    ['n negative', '{"n":-1}', 'n must be a whole number from 1 to 56'],
    ['n half', '{"n":1.5}', 'n must be a whole number from 1 to 56'],
    ['n as text', '{"n":"3"}', 'n must be a whole number from 1 to 56'],
    ['n enormous', '{"n":1e9}', 'n must be a whole number from 1 to 56'],
    ['n true', '{"n":true}', 'n must be a whole number from 1 to 56'],
    ['names that are none', '{"n":2,"hostnames":"S9"}', 'hostnames must be a list of names'],
    ['a name that is a number', '{"n":2,"hostnames":[7]}', 'Hostname 7 is no valid hostname label'],
    ['an empty name', '{"n":2,"hostnames":[""]}', 'Hostname "" is no valid hostname label'],
    ['a name with a slash', '{"n":2,"hostnames":["a/b"]}', 'Hostname "a/b" is no valid hostname label'],
    ['a name with a newline', '{"n":2,"hostnames":["a\\n"]}', 'Hostname "a\\n" is no valid hostname label'],
    ['a name of brackets', '{"n":2,"hostnames":["[x]"]}', 'Hostname "[x]" is no valid hostname label'],
    ['a name repeated', '{"n":2,"hostnames":["x","x"]}', "Hostname 'x' is listed more than once"],
  ])('/add and /rm refuse %s, and change nothing', async (_, body, message) => {
    const before = await balancer.client.state();
    for (const [method, path] of [
      ['POST', '/add'],
      ['DELETE', '/rm'],
    ] as const) {
      const answer = await send(method, path, body);
      expect(answer).toEqual({ status: 400, body: refusal(message) });
    }
    expect((await balancer.client.state()).ring).toEqual(before.ring);
  });

  test.each([
    ['more names than n', 'POST', '/add', { n: 2, hostnames: ['a', 'b', 'c'] }, 400, TOO_MANY_ADDED],
    ['more names than n', 'DELETE', '/rm', { n: 1, hostnames: ['S1', 'S2'] }, 400, TOO_MANY_REMOVED],
    ['a name that is taken', 'POST', '/add', { n: 1, hostnames: ['S1'] }, 409, "Hostname 'S1' is taken by a replica"],
    ['a name that is unknown', 'DELETE', '/rm', { n: 1, hostnames: ['x'] }, 404, "Hostname 'x' is no replica"],
    ['more than there is room for', 'POST', '/add', { n: 54 }, 400, 'At most 53 more replicas can be added'],
    ['more than there are', 'DELETE', '/rm', { n: 4 }, 400, 'At most 3 replicas can be removed'],
  ])('%s is refused (%s %s)', async (_, method, path, body, status, message) => {
    const before = await balancer.client.list();
    if (status === 409) body = { n: 1, hostnames: [before.message.replicas[0] ?? ''] };
    const expected = status === 409 ? `Hostname '${before.message.replicas[0]}' is taken by a replica` : message;
    expect(await send(method, path, JSON.stringify(body))).toEqual({ status, body: refusal(expected) });
    expect(await balancer.client.list()).toEqual(before);
  });

  test.each([
    ['POST', '/rep', 'GET, HEAD'],
    ['GET', '/add', 'POST'],
    ['POST', '/rm', 'DELETE'],
    ['PATCH', '/rm', 'DELETE'],
  ])('%s %s is 405, with Allow', async (method, path, allow) => {
    const response = await fetch(balancer.url + path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
    expect(await response.json()).toEqual(refusal(`Method ${method} is not allowed here`));
  });

  test('a body beyond the limit is 413', async () => {
    const answer = await send('POST', '/add', JSON.stringify({ n: 1, pad: 'x'.repeat(70_000) }));
    expect(answer.status).toBe(413);
  });

  test('/home comes from a replica, and what replicas do not have is said the contract way', async () => {
    const { body } = await send('GET', '/home');
    expect(body).toEqual({ message: expect.stringMatching(/^Hello from Server: \S+$/), status: 'successful' });
    const message = "'/other' endpoint does not exist in server replicas";
    expect(await send('GET', '/other')).toEqual({ status: 400, body: refusal(message) });
  });
});

describe('the admin API', () => {
  test('what does not exist is 404 with a code, and a wrong method 405', async () => {
    expect(await send('GET', '/_ring/nothing')).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await send('DELETE', '/_ring/v1/state')).toMatchObject({
      status: 405,
      body: { code: 'method-not-allowed' },
    });
    expect(await send('POST', '/_ring/v1/replicas/nobody/kill')).toMatchObject({ body: { code: 'no-such-replica' } });
    expect(await send('POST', '/_ring/v1/replicas/S1/explode')).toMatchObject({ status: 404 });
  });

  test('state, replicas, slots, keys and previews agree with each other', async () => {
    const { client } = balancer;
    const { ring, replicas } = await client.state();
    const key = await client.key('user-42');
    expect(key.owner?.seat).toBe(ring.owner[key.slot]);
    expect((await client.slot(key.slot)).understudies).toEqual(key.understudies);
    expect(replicas.reduce((sum, { slots }) => sum + slots, 0)).toBe(512);
    const preview = await client.preview({ change: 'add', n: 2 });
    expect(preview.moved).toBe(preview.moves.reduce((sum, { slots }) => sum + slots.length, 0));
    expect(preview.targets).toHaveLength(2);
    const [victim = ''] = replicas.map(({ name }) => name);
    expect((await client.preview({ change: 'kill', name: [victim] })).moved).toBe(replicas[0]?.slots);
    for (const path of [
      '/_ring/v1/slots/512',
      '/_ring/v1/slots/x',
      '/_ring/v1/keys',
      '/_ring/v1/preview?change=burn',
    ]) {
      expect(await send('GET', path)).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    }
  });

  test('a key goes where the inspector says, and requests of one key stay together', () =>
    withBalancer({ flags: ['--key', 'header:x-user'] }, async ({ url, client }) => {
      for (const key of ['ada', 'grace', 'edsger', 'barbara']) {
        const owner = (await client.key(key)).owner?.name;
        const answers = await Promise.all([1, 2, 3].map(() => fetch(`${url}/home`, { headers: { 'x-user': key } })));
        for (const answer of answers) expect(answer.headers.get('x-ringmaster-replica')).toBe(owner);
      }
    }));

  test('logs of a replica can be read and followed', async () => {
    const [name = ''] = (await balancer.client.list()).message.replicas;
    const lines: string[] = [];
    for await (const { text } of balancer.client.logs(name, { tail: 10 }, new AbortController().signal))
      lines.push(text);
    expect(lines.join('\n')).toContain('listening');
  });

  test('what a killed instance had printed can be read when another has taken its seat', async () => {
    const [name = ''] = (await balancer.client.list()).message.replicas;
    await balancer.client.act(name, 'kill');
    await expect
      .poll(() => balancer.client.previousLog(name))
      .toMatchObject({
        reason: expect.stringContaining('SIGKILL'),
        lines: expect.arrayContaining([expect.objectContaining({ text: expect.stringContaining('listening') })]),
      });
    await expect.poll(async () => (await balancer.client.list()).message.N).toBe(3);
  });

  test('metrics are Prometheus text that counts', async () => {
    await fetch(`${balancer.url}/home`);
    const text = await balancer.client.metrics();
    const value = (name: string): number => Number(new RegExp(`^${name}(?:\\{.*\\})? (.*)$`, 'm').exec(text)?.[1]);
    expect(value('ringmaster_replicas_serving')).toBe(3);
    expect(value('ringmaster_client_requests_total')).toBeGreaterThan(0);
    expect(text).toMatch(/ringmaster_request_duration_seconds_bucket\{replica="\S+",le="\+Inf"\} \d+/);
    expect(text).toMatch(/ringmaster_replica_slots\{replica="\S+"\} 17[01]/);
  });

  test('health, readiness and the OpenAPI document', async () => {
    expect((await send('GET', '/_ring/healthz')).status).toBe(200);
    expect((await send('GET', '/_ring/readyz')).status).toBe(200);
    const { body } = (await send('GET', '/_ring/openapi.json')) as { body: { paths: Record<string, unknown> } };
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/rep', '/add', '/rm', '/_ring/v1/state', '/_ring/v1/replicas/{name}/{action}']),
    );
  });

  test('events tell of a kill in order, and a stream that was cut resumes without a gap', async () => {
    const { client } = balancer;
    const [victim = ''] = (await client.list()).message.replicas;
    const serves = ({ message }: Received): boolean => message.type === 'event' && message.data.kind === 'serving';
    const listening = listen(client, serves);
    await until(() => listening.received.length > 0, 5_000, 'hello');
    await client.act(victim, 'kill');
    const all = await listening.done;
    // On a busy machine a probe may fail before its process's end is told of, and take it out of rotation by itself.
    const kinds = all.flatMap(({ message }) => (message.type === 'event' ? message.data.kind : []));
    const steps = kinds.filter((kind) => kind !== 'degraded');
    expect(steps[0]).toBe('killed');
    expect(new Set(steps.slice(1, 3))).toEqual(new Set(['noticed', 'out-of-rotation']));
    expect(steps.slice(3)).toEqual(['instance-starting', 'instance-started', 'serving']);
    const ids = all.flatMap(({ id }) => id ?? []);
    const resumed = listen(client, ({ id }) => id === ids.at(-1), ids[1]);
    expect((await resumed.done).flatMap(({ id }) => id ?? [])).toEqual(ids.slice(2));
  });

  test('a sequence of another boot starts over with hello', async () => {
    const stop = new AbortController();
    for await (const { message } of balancer.client.events(stop.signal, 'otherboot-3')) {
      expect(message.type).toBe('hello');
      break;
    }
  });

  test('frames tell of traffic slot by slot', async () => {
    const stop = new AbortController();
    const load = setInterval(() => fetch(`${balancer.url}/home`).then((answer) => answer.text()), 20);
    let seen = 0;
    for await (const { message } of balancer.client.events(stop.signal)) {
      if (message.type === 'traffic') seen += message.data.slots.reduce((sum, [, requests]) => sum + requests, 0);
      if (seen >= 10) break;
    }
    clearInterval(load);
    expect(seen).toBeGreaterThanOrEqual(10);
  });

  test('history keeps what happened, with who did it', async () => {
    const ada = createClient({ baseUrl: balancer.url, actor: 'ada' });
    await ada.add({ n: 1, hostnames: ['hers'] });
    await ada.remove({ n: 1, hostnames: ['hers'] });
    const { events } = await balancer.client.history({ replica: 'hers', limit: 100 });
    const byAda = events.filter(({ actor }) => actor === 'ada').map(({ kind }) => kind);
    expect(byAda).toEqual(['added', 'removed']);
  });

  test('pause, unpause, restart, drain and undrain do what they say', async () => {
    const { client } = balancer;
    const [name = ''] = (await client.list()).message.replicas;
    const status = async (): Promise<string | undefined> =>
      (await client.replicas()).find((replica) => replica.name === name)?.status;
    const becomes = (wanted: string): Promise<number> => until(async () => (await status()) === wanted, 5_000, wanted);
    for (const [action, wanted] of [
      ['pause', 'paused'],
      ['unpause', 'serving'],
      ['drain', 'draining'],
      ['undrain', 'serving'],
    ] as const) {
      await client.act(name, action);
      await becomes(wanted);
    }
    const before = (await client.replicas()).find((replica) => replica.name === name)?.instance?.pid;
    await client.act(name, 'restart');
    await until(
      async () => (await client.replicas()).find((r) => r.name === name)?.instance?.pid !== before,
      5_000,
      'new',
    );
    await becomes('serving');
  });
});

describe('who may call', () => {
  test.each([
    ['localhost', 200],
    ['127.0.0.1', 200],
    ['[::1]:5000', 200],
    ['balancer', 200],
    ['evil.example', 403],
    ['evil.example:5000', 403],
    ['127.0.0.1.evil.example', 403],
  ])('Host %s: %i', async (host, status) => {
    expect(await rawStatus({ host })).toBe(status);
  });

  test.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ 'sec-fetch-site': 'none' }, 200],
    [{ origin: 'http://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://localhost' }, 200],
  ] as const)('a browser that says %j: %i', async (headers, status) => {
    expect(await rawStatus({ host: 'localhost', ...headers })).toBe(status);
    expect(await rawStatus({ host: 'localhost', ...headers }, 'GET', '/_ring/v1/events').catch(() => status)).toBe(
      status,
    );
  });

  test('changes need the token when there is one; reading does not', () =>
    withBalancer({ env: { RINGMASTER_ADMIN_TOKEN: 'correct-horse' }, flags: ['--replicas', '1'] }, async ({ url }) => {
      const add = (headers: Record<string, string>): Promise<number> => rawStatus(headers, 'POST', '/add', url);
      expect(await rawStatus({}, 'GET', '/rep', url)).toBe(200);
      expect(await add({})).toBe(401);
      expect(await add({ authorization: 'Bearer wrong-horse' })).toBe(401);
      expect(await add({ authorization: 'Basic correct-horse' })).toBe(401);
      expect(await add({ authorization: 'Bearer correct-horse' })).toBe(400);
    }));

  test.each([
    [[], 401],
    [['--admin-open'], 400],
  ])('beyond loopback without a token, with flags %j: %i', (flags, status) =>
    withBalancer({ flags: ['--host', '0.0.0.0', '--replicas', '1', ...flags] }, async ({ url }) => {
      const own = url.replace('0.0.0.0', '127.0.0.1');
      expect(await rawStatus({}, 'POST', '/add', own)).toBe(status);
      expect(await rawStatus({}, 'GET', '/home', own)).toBe(200);
    }),
  );
});

describe('the command line', () => {
  test('every problem is named at once, and nothing starts', async () => {
    const { text, ended } = runMain(['--port', '70000', '--replicas', 'x', '--nonsense', '--key', 'moon', 'stray']);
    expect(await ended).toBe(1);
    for (const part of ['--port', '--replicas', '--nonsense', '--key', "'stray'"]) expect(text()).toContain(part);
  });

  test('--help and --version answer and end', async () => {
    const help = runMain(['--help']);
    expect(await help.ended).toBe(0);
    expect(help.text()).toContain('--health-path PATH');
    const version = runMain(['--version']);
    expect(await version.ended).toBe(0);
    expect(version.text()).toMatch(/^ringmaster \d+\.\d+\.\d+\n$/);
  });

  test('a port that is taken is said, and nothing is left', async () => {
    const folder = await stateFolder();
    const { port } = new URL(balancer.url);
    const { text, ended } = runMain(['--port', port, '--state', folder, '--runtime', 'process']);
    expect(await ended).toBe(1);
    expect(text()).toContain('EADDRINUSE');
    await rm(folder, { recursive: true, force: true });
  });
});
