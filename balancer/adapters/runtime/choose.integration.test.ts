import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chooseRuntime, type RuntimeWish } from './choose.ts';

const forever = new AbortController().signal;
let folder: string;
let dockerHost: string | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringmaster-choose-'));
  dockerHost = process.env['DOCKER_HOST'];
  process.env['DOCKER_HOST'] = 'unix:///nowhere/docker.sock';
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  if (dockerHost === undefined) delete process.env['DOCKER_HOST'];
  else process.env['DOCKER_HOST'] = dockerHost;
});

function wish(change: Partial<RuntimeWish> = {}): RuntimeWish {
  return {
    kind: 'auto',
    upstreams: [],
    image: undefined,
    imagePort: 5000,
    command: undefined,
    environment: {},
    network: 'net1',
    memoryBytes: 0,
    cpus: 0,
    address: 'auto',
    stateFolder: folder,
    fleet: 'test',
    now: 0,
    ...change,
  };
}

test('without Docker, auto takes processes and says why', async () => {
  const { runtime, reason } = await chooseRuntime(wish(), forever);
  expect(runtime.kind).toBe('process');
  expect(reason).toMatch(/^processes, as containers cannot be had: Docker does not answer/);
  await runtime.close();
});

test.each([
  ['upstreams', { upstreams: [{ host: '10.0.0.1', port: 80 }] }, 'static'],
  ['a command', { command: 'sleep 1' }, 'process'],
] as const)('auto takes %s at their word', async (_what, change, kind) => {
  const { runtime, reason } = await chooseRuntime(wish(change), forever);
  expect(runtime.kind).toBe(kind);
  expect(reason).toBe(`${kind}, as the flags imply`);
  await runtime.close();
});

test.each([
  ['docker asked for by name', { kind: 'docker' }],
  ['an image', { image: 'nginx' }],
] as const)('%s is refused, not replaced, when no Engine answers', async (_what, change) => {
  await expect(chooseRuntime(wish(change), forever)).rejects.toMatchObject({ code: 'unreachable' });
});
