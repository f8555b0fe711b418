/** What docs/operating.md promises under faults, with real processes and real load. Bounds leave room for busy machines. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isAlive, launch, type RealBalancer, stateFolder, until, withBalancer } from './testing/real-balancer.ts';
import { SteadyLoad } from './testing/steady-load.ts';

const LAB = { flags: ['--env', 'SERVER_LAB=1'] };

async function pidOf({ client }: RealBalancer, name: string): Promise<number> {
  const view = (await client.replicas()).find((replica) => replica.name === name);
  if (view?.instance?.pid === undefined || view.instance.pid === null) throw new Error(`${name} has no process`);
  return view.instance.pid;
}

async function pids({ client }: RealBalancer): Promise<readonly number[]> {
  return (await client.replicas()).flatMap(({ instance }) => instance?.pid ?? []);
}

async function count({ client }: RealBalancer): Promise<number> {
  return (await client.list()).message.N;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('three replicas', () => {
  let balancer: RealBalancer;
  let state: string;

  beforeAll(async () => {
    state = await stateFolder();
    // A start takes its time, so that what is sent to a replica before it is healthy is lost, and seen.
    balancer = await launch({ state, flags: [...LAB.flags, '--env', 'SERVER_LAB_START_DELAY_MS=300'] });
  });

  /** Each test finds S1, S2 and S3 serving, whatever the one before did to them. */
  beforeEach(async () => {
    const members = (await balancer.client.state()).ring.members.map(({ name }) => name);
    const gone = ['S1', 'S2', 'S3'].filter((name) => !members.includes(name));
    if (gone.length > 0) await balancer.client.add({ n: gone.length, hostnames: gone });
    await until(async () => (await count(balancer)) === 3, 20_000, 'three');
  });

  afterAll(async () => {
    await balancer.end();
    await rm(state, { recursive: true });
  });

  test('a replica killed under load costs no GET; the ring is the same before and after; /rep tells the truth', async () => {
    const before = (await balancer.client.state()).ring;
    const load = new SteadyLoad(`${balancer.url}/home`);
    await until(() => load.ok > 200, 10_000, 'load');
    const victim = await pidOf(balancer, 'S2');
    process.kill(victim, 'SIGKILL');
    await until(async () => (await count(balancer)) === 2, 1_000, '/rep without the dead one');
    await until(async () => (await count(balancer)) === 3, 10_000, 'three again');
    await pause(300);
    const report = await load.stop();
    expect(report.failed).toEqual(new Map());
    expect(report.worstMs).toBeLessThan(1_500);
    expect((await balancer.client.state()).ring).toEqual(before);
    const [incident] = await balancer.client.incidents();
    expect(incident).toMatchObject({ replica: 'S2', lost: 0 });
    expect(incident?.outOfRotationMs).toBeLessThan(250);
    expect(incident?.firstRequestMs).not.toBeNull();
    expect(await pidOf(balancer, 'S2')).not.toBe(victim);
  });

  test('a hung replica is noticed in 3 s, its requests are answered elsewhere, and one replica takes its place', async () => {
    const load = new SteadyLoad(`${balancer.url}/home`);
    await until(() => load.ok > 200, 10_000, 'load');
    const hung = await pidOf(balancer, 'S1');
    process.kill(hung, 'SIGSTOP');
    await until(async () => !(await balancer.client.list()).message.replicas.includes('S1'), 4_000, 'noticed');
    await until(async () => (await count(balancer)) === 3, 10_000, 'three again');
    const report = await load.stop();
    expect(report.failed).toEqual(new Map());
    expect(isAlive(hung)).toBe(false);
    expect(await pids(balancer)).toHaveLength(3);
  });

  test('when all are dead clients hear 503 with Retry-After at once, and are served again in a second', async () => {
    for (const pid of await pids(balancer)) process.kill(pid, 'SIGKILL');
    await until(async () => (await count(balancer)) === 0, 1_000, 'nobody');
    const start = performance.now();
    const answer = await fetch(`${balancer.url}/home`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).not.toBeNull();
    expect(performance.now() - start).toBeLessThan(500);
    await until(async () => (await fetch(`${balancer.url}/home`)).status === 200, 5_000, 'served again');
  });

  test('/rm under load: a slow request on the removed replica is answered, and no new one reaches it', async () => {
    const load = new SteadyLoad(`${balancer.url}/home`);
    const slow = Array.from({ length: 30 }, () => fetch(`${balancer.url}/lab/delay?ms=2000`));
    await pause(500);
    await balancer.client.remove({ n: 1, hostnames: ['S1'] });
    const after = new SteadyLoad(`${balancer.url}/home`);
    const answers = await Promise.all(slow);
    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(200));
    expect(answers.some(({ headers }) => headers.get('x-ringmaster-replica') === 'S1')).toBe(true);
    expect((await load.stop()).failed).toEqual(new Map());
    const report = await after.stop();
    expect(report.failed).toEqual(new Map());
    expect(report.byReplica.has('S1')).toBe(false);
  });

  test('/add under load: nothing is lost, and nothing is sent to a replica before it is healthy', async () => {
    const load = new SteadyLoad(`${balancer.url}/home`);
    await until(() => load.ok > 100, 10_000, 'load');
    const { message } = await balancer.client.add({ n: 2 });
    expect(message.N).toBe(5);
    await pause(500);
    const report = await load.stop();
    expect(report.failed).toEqual(new Map());
    expect(report.byReplica.size).toBe(5);
  });
});

test('a replica that answers 500 is ejected after five, and the last one never', () =>
  withBalancer({ ...LAB, flags: [...LAB.flags, '--replicas', '2'] }, async (balancer) => {
    const misbehave = async (name: string): Promise<void> => {
      const view = (await balancer.client.replicas()).find((replica) => replica.name === name);
      const { host, port } = view?.instance?.address ?? { host: '', port: 0 };
      await fetch(`http://${host}:${port}/lab/behaviour?status=500&path=/home`, { method: 'PUT' });
    };
    await misbehave('S1');
    const load = new SteadyLoad(`${balancer.url}/home`, 4);
    const ejected = async (): Promise<readonly string[]> =>
      (await balancer.client.replicas()).filter(({ status }) => status === 'ejected').map(({ name }) => name);
    await until(async () => (await ejected()).includes('S1'), 3_000, 'ejected');
    await misbehave('S2');
    await pause(600);
    expect(await ejected()).toEqual(['S1']);
    const { failed } = await load.stop();
    expect([...failed.keys()]).toEqual(['500']);
  }));

test('a slow replica is not ejected', () =>
  withBalancer(LAB, async (balancer) => {
    const [slow] = await balancer.client.replicas();
    const { host, port } = slow?.instance?.address ?? { host: '', port: 0 };
    await fetch(`http://${host}:${port}/lab/behaviour?delayMs=2000`, { method: 'PUT' });
    await pause(5_000);
    expect(await count(balancer)).toBe(3);
    expect((await balancer.client.history({ kind: 'out-of-rotation' })).events).toEqual([]);
  }));

test('a crash loop is shown as one, and starts slow down', () =>
  withBalancer({ flags: ['--command', 'sleep 0.1; exit 3', '--replicas', '1'] }, async (balancer) => {
    const status = async (): Promise<string | undefined> => (await balancer.client.replicas())[0]?.status;
    await until(async () => (await status()) === 'crash-looping', 10_000, 'crash-looping');
    expect(await count(balancer)).toBe(0);
    await pause(3_000);
    const { events } = await balancer.client.history({ kind: 'instance-started', limit: 1000 });
    expect(events.length).toBeLessThanOrEqual(10);
  }));

test('a balancer that was killed takes up its replicas again, with the same ring, and starts none', async () => {
  const state = await stateFolder();
  const first = await launch({ state, flags: ['--replicas', '4'] });
  await first.client.remove({ n: 1, hostnames: ['S2'] });
  await first.client.add({ n: 1, hostnames: ['web'] });
  const before = await first.client.state();
  const running = await pids(first);
  await first.end('SIGKILL');
  expect(running.filter(isAlive)).toEqual(running);
  const started = performance.now();
  const second = await launch({ state, flags: ['--replicas', '4'] });
  try {
    expect((await fetch(`${second.url}/home`)).status).toBe(200);
    // The promise is 2 s; a machine that runs all these tests at once is given room.
    expect(performance.now() - started).toBeLessThan(12_000);
    expect((await second.client.state()).ring).toEqual(before.ring);
    expect(await pids(second)).toEqual(running);
  } finally {
    expect(await second.end()).toBe(0);
    await rm(state, { recursive: true });
  }
  await until(() => !running.some(isAlive), 2_000, 'nothing left');
});

test('a torn state file is said, and the ring is rebuilt from what runs', async () => {
  const state = await stateFolder();
  const first = await launch({ state });
  const running = await pids(first);
  await first.end('SIGKILL');
  await writeFile(join(state, 'ringmaster.db'), 'torn'.repeat(2_000));
  // With its write-ahead log the database would be whole again.
  await rm(join(state, 'ringmaster.db-wal'), { force: true });
  const second = await launch({ state });
  try {
    expect(await count(second)).toBe(3);
    expect(await pids(second)).toEqual(running);
    expect(second.log()).toContain('was damaged');
    expect(second.log()).toContain('rebuilt from 3 running replicas');
  } finally {
    await second.end();
    await rm(state, { recursive: true });
  }
});

test('SIGTERM under load: what is in flight is answered, nothing is left, and the exit code is 0', async () => {
  const state = await stateFolder();
  const balancer = await launch({ state, ...LAB });
  const running = await pids(balancer);
  const inFlight = Array.from({ length: 10 }, () => fetch(`${balancer.url}/lab/delay?ms=1000`));
  await pause(300);
  expect(await balancer.end()).toBe(0);
  expect((await Promise.all(inFlight)).map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect(running.filter(isAlive)).toEqual([]);
  await rm(state, { recursive: true });
});

test.skipIf(process.platform === 'win32')('a SIGTERM to npm stops what `npm run balancer` runs', async () => {
  const state = await stateFolder();
  const args = ['run', 'balancer', '--', '--port', '0', '--state', state, '--runtime', 'process', '--replicas', '1'];
  const npm = spawn('npm', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (piece: Buffer) => (said += piece.toString()));
  await until(() => said.includes('listening on'), 20_000, 'a balancer');
  npm.kill('SIGTERM');
  await once(npm.stdout, 'close');
  expect(said).toContain('stopping: requests in flight are finished first');
  await rm(state, { recursive: true });
});

test('SIGTERM does not wait for streams that never end by themselves', async () => {
  const state = await stateFolder();
  const balancer = await launch({ state });
  const streams = ['/_ring/v1/events', '/_ring/v1/replicas/S1/logs?follow=1'].map((path) => fetch(balancer.url + path));
  const bodies = (await Promise.all(streams)).map((answer) => answer.text().catch(() => ''));
  await pause(200);
  const start = performance.now();
  expect(await balancer.end()).toBe(0);
  expect(performance.now() - start).toBeLessThan(10_000);
  await Promise.all(bodies);
  await rm(state, { recursive: true });
});

test('with --on-exit keep the replicas stay for the next start', async () => {
  const state = await stateFolder();
  const flags = ['--on-exit', 'keep'];
  const first = await launch({ state, flags });
  const running = await pids(first);
  expect(await first.end()).toBe(0);
  expect(running.every(isAlive)).toBe(true);
  const second = await launch({ state });
  expect(await pids(second)).toEqual(running);
  await second.end();
  await until(() => !running.some(isAlive), 2_000, 'nothing left');
  await rm(state, { recursive: true });
});

test('several balancers side by side know nothing of each other', () =>
  withBalancer({}, async (one) =>
    withBalancer({ flags: ['--replicas', '2'] }, async (other) => {
      await other.client.add({ n: 1, hostnames: ['mine'] });
      expect((await one.client.list()).message.replicas).toEqual(['S1', 'S2', 'S3']);
      expect((await other.client.list()).message.replicas).toEqual(['S1', 'S2', 'mine']);
      expect(new Set([...(await pids(one)), ...(await pids(other))]).size).toBe(6);
    }),
  ));

test('over fixed upstreams a dead one costs nothing, and comes back when it does', () =>
  withBalancer({}, async (replicas) => {
    const views = await replicas.client.replicas();
    const upstreams = views.map(({ instance }) => `${instance?.address.host}:${instance?.address.port}`).join(',');
    await withBalancer({ flags: ['--upstreams', `${upstreams},127.0.0.1:9`] }, async (balancer) => {
      const load = new SteadyLoad(`${balancer.url}/home`);
      await until(() => load.ok > 100, 10_000, 'load');
      await replicas.client.act('S1', 'pause');
      await until(async () => (await count(balancer)) === 2, 15_000, 'out');
      await replicas.client.act('S1', 'unpause');
      await until(async () => (await count(balancer)) === 3, 10_000, 'back');
      expect((await load.stop()).failed).toEqual(new Map());
      expect(await balancer.client.add({ n: 1 }).catch((error) => error.message)).toContain('--upstreams');
    });
  }));

test('a balancer that stood still for 3 s ejects and replaces nobody', () =>
  withBalancer({}, async (balancer) => {
    const running = await pids(balancer);
    balancer.child.kill('SIGSTOP');
    await pause(3_000);
    balancer.child.kill('SIGCONT');
    await pause(3_000);
    expect(await pids(balancer)).toEqual(running);
    const kinds = (await balancer.client.history({ limit: 1000 })).events.map(({ kind }) => kind);
    expect(kinds).toContain('balancer-paused');
    expect(kinds).not.toContain('out-of-rotation');
  }));
