import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Instance, Runtime } from '../../../core/ports.ts';
import { type RuntimeHarness, runtimeContract } from '../runtime.contract.ts';
import { type ProcessCommand, sampleCommand, shellCommand } from './command.ts';
import { ProcessRuntime } from './process-runtime.ts';

const forever = new AbortController().signal;
let folder: string;

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'ringmaster-process-'));
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function createRuntime(command: ProcessCommand, fleet = 'test', environment: Record<string, string> = {}): Runtime {
  return new ProcessRuntime({ command, environment, stateFolder: folder, fleet });
}

async function createHarness(): Promise<RuntimeHarness> {
  const stateFolder = newFolder();
  const environment = { SERVER_LAB: '1' };
  return {
    create: () => new ProcessRuntime({ command: sampleCommand(), environment, stateFolder, fleet: 'test' }),
    name: (label) => label,
    leftovers: async () => readdirSync(join(stateFolder, 'instances')),
    dispose: async () => rmSync(stateFolder, { recursive: true }),
  };
}

runtimeContract('process', createHarness);

async function printed(runtime: Runtime, id: string): Promise<string> {
  const lines: string[] = [];
  for await (const { text } of runtime.logs(id, { tail: 100, follow: true }, forever)) lines.push(text);
  return lines.join('\n');
}

test('a command goes through the shell, with its name, its port and the given environment, and without our settings', async () => {
  process.env['RINGMASTER_ADMIN_TOKEN'] = 'secret';
  const command = shellCommand('echo "$SERVER_ID|$GREETING|$RINGMASTER_ADMIN_TOKEN|"; test "$PORT" -gt 1023');
  const runtime = createRuntime(command, 'test', { GREETING: 'hello there' });
  try {
    const instance = await runtime.start({ name: 'S1', seat: 1 }, forever);
    expect(await printed(runtime, instance.id)).toBe('S1|hello there||');
    expect(instance.origin).toBe(command.origin);
    await runtime.remove(instance.id, forever);
  } finally {
    delete process.env['RINGMASTER_ADMIN_TOKEN'];
    await runtime.close();
  }
});

test('what a replica has started dies with it', async () => {
  const runtime = createRuntime(shellCommand('sleep 300 & echo $!; wait'));
  const instance = await runtime.start({ name: 'S1', seat: 1 }, forever);
  await expect.poll(() => firstLine(runtime, instance.id)).toMatch(/^\d+$/);
  const child = Number(await firstLine(runtime, instance.id));
  expect(isAlive(child)).toBe(true);
  process.kill(instance.pid ?? 0, 'SIGKILL');
  await expect.poll(() => isAlive(child)).toBe(false);
  await runtime.remove(instance.id, forever);
  await runtime.close();
});

test('a command that cannot be run exits with what the shell says', async () => {
  const runtime = createRuntime(shellCommand('no-such-program-at-all'));
  const reasons: string[] = [];
  const stop = new AbortController();
  const watching = runtime.watch((event) => 'reason' in event && reasons.push(event.reason), stop.signal);
  const instance = await runtime.start({ name: 'S1', seat: 1 }, forever);
  expect(await printed(runtime, instance.id)).toContain('not found');
  expect(reasons).toEqual(['exit code 127']);
  await runtime.remove(instance.id, forever);
  stop.abort();
  await watching;
  await runtime.close();
});

test('a program that does not exist is refused with its name, and leaves nothing', async () => {
  const runtime = createRuntime({ origin: 'nothing here', file: '/does/not/exist', args: [], environment: {} });
  await expect(runtime.start({ name: 'S1', seat: 1 }, forever)).rejects.toMatchObject({
    code: 'start-failed',
    message: expect.stringMatching(/nothing here.*ENOENT/),
  });
  expect(await runtime.list(forever)).toEqual([]);
  expect(readdirSync(join(folder, 'instances'))).toEqual([]);
  await runtime.close();
});

test('fleets that share a folder do not see each other', async () => {
  const [mine, theirs] = [
    createRuntime(shellCommand('sleep 300'), 'mine'),
    createRuntime(shellCommand('sleep 300'), 'theirs'),
  ];
  const instance = await mine.start({ name: 'S1', seat: 1 }, forever);
  const other = await theirs.start({ name: 'S1', seat: 1 }, forever);
  expect((await mine.list(forever)).map(({ id }) => id)).toEqual([instance.id]);
  await mine.remove(instance.id, forever);
  expect((await theirs.list(forever)).map(({ id }) => id)).toEqual([other.id]);
  await theirs.remove(other.id, forever);
  await Promise.all([mine.close(), theirs.close()]);
});

/** Starts a replica, closes its runtime, and rewrites its record as if time had gone on. */
async function forget(change: (record: Record<string, unknown>) => void): Promise<Instance> {
  const runtime = createRuntime(shellCommand('sleep 300'));
  const instance = await runtime.start({ name: 'S1', seat: 1 }, forever);
  await runtime.close();
  const path = join(folder, 'instances', `${instance.id}.json`);
  const record: Record<string, unknown> = JSON.parse(readFileSync(path, 'utf8'));
  change(record);
  writeFileSync(path, JSON.stringify(record));
  return instance;
}

test('a pid that now belongs to another process is neither adopted nor killed', async () => {
  const instance = await forget((record) => {
    record['identity'] = 'another boot/1';
  });
  const next = createRuntime(shellCommand('sleep 300'));
  expect(await next.list(forever)).toMatchObject([{ id: instance.id, state: 'exited' }]);
  await next.remove(instance.id, forever);
  expect(await next.list(forever)).toEqual([]);
  expect(isAlive(instance.pid ?? 0)).toBe(true);
  process.kill(instance.pid ?? 0, 'SIGKILL');
  await next.close();
});

test('a record that cannot be read is passed over', async () => {
  const instance = await forget((record) => {
    delete record['port'];
  });
  const next = createRuntime(shellCommand('sleep 300'));
  expect(await next.list(forever)).toEqual([]);
  process.kill(instance.pid ?? 0, 'SIGKILL');
  await next.close();
});

test('a replica stopped from outside is seen as paused', async () => {
  const runtime = createRuntime(shellCommand('exec sleep 300'));
  const kinds: string[] = [];
  const stop = new AbortController();
  const watching = runtime.watch((event) => kinds.push(event.kind), stop.signal);
  const instance = await runtime.start({ name: 'S1', seat: 1 }, forever);
  process.kill(instance.pid ?? 0, 'SIGSTOP');
  await expect.poll(() => kinds).toEqual(['started', 'paused']);
  process.kill(instance.pid ?? 0, 'SIGCONT');
  await expect.poll(() => kinds).toEqual(['started', 'paused', 'unpaused']);
  await runtime.remove(instance.id, forever);
  stop.abort();
  await watching;
  await runtime.close();
});

async function firstLine(runtime: Runtime, id: string): Promise<string> {
  for await (const { text } of runtime.logs(id, { tail: 1, follow: false }, forever)) return text;
  return '';
}

/** A zombie that nobody has waited for yet is dead. */
function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}
