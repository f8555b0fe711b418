import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { state } from '../../lib/api/state.ts';
import { run } from '../../lib/lab/run.ts';
import type { OwnBalancer } from '../lab/experiments/context.ts';
import { startOwnBalancer } from '../lab/own-balancer.ts';

const LAUNCHER = fileURLToPath(new URL('./ringmaster.js', import.meta.url));

let balancer: OwnBalancer;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringmaster-cli-'));
  const options = { placement: 'balanced' as const, replicas: 3, key: 'request' };
  balancer = await startOwnBalancer(options, new AbortController().signal);
});
afterAll(async () => {
  await balancer.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The program as it is installed: through its launcher, without a terminal. */
function ringmaster(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, BALANCER_URL: balancer.origin, ...env }, maxBuffer: 1 << 26, cwd: folder };
    execFile(process.execPath, [LAUNCHER, ...args], options, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

test('status shows the fleet as a table, and as JSON', async () => {
  const table = await ringmaster(['status']);
  expect(table).toMatchObject({ code: 0, err: '' });
  expect(table.out).toContain('3 of 3 serving · balanced');
  expect(table.out).toMatch(/S2 +● serving +17[01]/);
  expect(state.parse(JSON.parse((await ringmaster(['status', '--json'])).out)).desired).toBe(3);
});

test('add and rm change the fleet by number and by name', async () => {
  expect((await ringmaster(['add', 'S7', 'S8'])).out).toBe('N = 5: S1, S2, S3, S7, S8\n');
  expect((await ringmaster(['rm', 'S7'])).out).toBe('N = 4: S1, S2, S3, S8\n');
  const taken = await ringmaster(['add', 'S8']);
  expect(taken).toMatchObject({ code: 1, out: '' });
  expect(taken.err).toContain("ringmaster add: Hostname 'S8' is taken");
  expect((await ringmaster(['rm', 'S8'])).out).toBe('N = 3: S1, S2, S3\n');
});

test('key and ring say who owns what', async () => {
  const found = JSON.parse((await ringmaster(['key', 'alice', '--json'])).out) as {
    slot: number;
    owner: { name: string };
  };
  const text = (await ringmaster(['key', 'alice'])).out;
  expect(text).toContain(`slot ${found.slot} `);
  expect(text).toContain(`→ ${found.owner.name}, then`);
  const drawn = (await ringmaster(['ring'])).out;
  expect(drawn).toMatch(/1{5}/);
  expect(drawn).toMatch(/3 +S3 +17[01] +17[01]( +\d+){9}/);
});

test('kill takes a replica by its name, and logs show what it said', async () => {
  expect((await ringmaster(['kill', 'S2'])).code).toBe(0);
  expect((await ringmaster(['kill'])).err).toContain('which replica?');
  expect((await ringmaster(['logs', 'S1', '--tail', '5'])).out).toContain('listening');
});

test('A-1 shows bars, and saves a report, charts and tables', async () => {
  const ended = await ringmaster([
    'experiment',
    'a1',
    '--requests',
    '1000',
    '--report',
    'a1.html',
    '--export',
    'charts',
  ]);
  expect(ended.code).toBe(0);
  expect(ended.out).toMatch(/S1 +█+.? +3\d\d/);
  expect(await readFile(join(folder, 'a1.html'), 'utf8')).toContain('A-1: requests on each replica');
  expect((await readdir(join(folder, 'charts'))).map((name) => name.slice(-10))).toEqual(['shares.csv', 'shares.svg']);
});

test('the kill demo ends with 1 when its claim does not hold', async () => {
  const holds = await ringmaster(['demo:kill', '--rate', '100', '--back-within', '20s', '--json']);
  expect(run.parse(JSON.parse(holds.out))).toMatchObject({ kind: 'kill', pass: true });
  expect(holds.code).toBe(0);
  const fails = await ringmaster(['demo:kill', '--rate', '100', '--back-within', '10ms']);
  expect(fails.out).toContain('✗ does not hold');
  expect(fails.code).toBe(1);
});

test('runs are listed and shown again', async () => {
  const { out } = await ringmaster(['load', '--requests', '200', '--json']);
  const { id } = run.parse(JSON.parse(out));
  expect((await ringmaster(['runs'])).out).toContain(id);
  expect((await ringmaster(['runs', id])).out).toContain('200 requests in');
});

test('without a balancer an experiment starts one of its own and keeps the run', async () => {
  const env = { BALANCER_URL: undefined, RINGMASTER_PORT: '59' };
  const ended = await ringmaster(['experiment', 'a1', '--requests', '500', '--json'], env);
  expect(ended.err).toContain('no balancer is running: starting one');
  const { id, result } = run.parse(JSON.parse(ended.out));
  expect(result).toMatchObject({ kind: 'a1', measured: { failed: 0 } });
  expect(await readdir(join(folder, '.ringmaster', 'runs'))).toContain(`${id}.json`);
});

test('the simulator needs no balancer and takes millions of requests', async () => {
  const nobody = { BALANCER_URL: 'http://127.0.0.1:59' };
  const shares = await ringmaster(['simulate', 'a1', '--replicas', '4', '--requests', '2000000', '--json'], nobody);
  const counts = JSON.parse(shares.out) as [string, number][];
  expect(counts.map(([name]) => name)).toEqual(['S1', 'S2', 'S3', 'S4']);
  expect(counts.reduce((sum, [, count]) => sum + count, 0)).toBe(2_000_000);
  const growth = await ringmaster(['simulate', 'a2', '--scheme', 'classic-linear', '--keys', 'random'], nobody);
  expect(growth.out.split('\n').filter((text) => /^\d/.test(text))).toHaveLength(5);
  const schemes = await ringmaster(['simulate', 'a4', '--counts', '3', '--requests', '1000'], nobody);
  expect(schemes.out).toMatch(/classic-linear +2\.\d\d/);
  expect((await ringmaster(['simulate', 'a1', '--scheme', 'hashd'], nobody)).err).toContain("did you mean 'hashed'?");
  expect((await ringmaster(['simulate', 'a3'], nobody)).err).toContain('which experiment?');
});

test('nobody listening, no such command and no such option are told apart', async () => {
  const absent = await ringmaster(['status'], { BALANCER_URL: 'http://127.0.0.1:59' });
  expect(absent.code).toBe(1);
  expect(absent.err).toContain("start one with 'ringmaster up'");
  expect(await ringmaster(['statsu'])).toMatchObject({
    code: 2,
    err: expect.stringContaining("did you mean 'status'?"),
  });
  expect(await ringmaster(['ring', '--grd'])).toMatchObject({ code: 2, err: expect.stringContaining('--grid?') });
  expect((await ringmaster(['--help'])).out).toContain('demo:kill');
  expect((await ringmaster(['load', '--help'])).out).toContain('--key-in PLACE');
});

test.each(['bash', 'zsh', 'fish'])('completion for %s names every command', async (shell) => {
  const { out } = await ringmaster(['completion', shell]);
  for (const word of ['status', 'demo:kill', 'experiment', 'a4', 'back-within']) expect(out).toContain(word);
});
