import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { linuxProcessTable } from './proc-files.ts';
import { psProcessTable } from './ps-command.ts';

const tables = [
  ['ps', psProcessTable()],
  ...(process.platform === 'linux' ? [['/proc', linuxProcessTable()]] : []),
] as [string, ReturnType<typeof psProcessTable>][];

describe.each(tables)('the process table read from %s', (_source, table) => {
  let child: ChildProcess;
  let pid: number;

  beforeEach(async () => {
    child = spawn('sleep', ['60'], { stdio: 'ignore', detached: true });
    await once(child, 'spawn');
    pid = child.pid ?? 0;
  });
  afterEach(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  test('a living process keeps its identity, by whomever it is asked for', async () => {
    const first = await table.look([pid, process.pid]);
    const again = await table.look([pid]);
    expect(first.get(pid)).toMatchObject({ paused: false });
    expect(again.get(pid)).toEqual(first.get(pid));
    expect(first.get(process.pid)?.identity).toMatch(/\S/);
  });

  test('a stopped process is seen as paused, and as running when it goes on', async () => {
    const paused = async () => (await table.look([pid])).get(pid)?.paused;
    child.kill('SIGSTOP');
    await expect.poll(paused).toBe(true);
    child.kill('SIGCONT');
    await expect.poll(paused).toBe(false);
  });

  test('a process that has ended is not there', async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await table.look([pid])).has(pid)).toBe(false);
    expect((await table.look([])).size).toBe(0);
  });

  test('usage is told by process group', async () => {
    // A process that is only just being started has next to no memory yet.
    await expect.poll(async () => (await table.usage()).get(pid)?.memoryBytes).toBeGreaterThan(100_000);
    expect((await table.usage()).get(pid)?.cpuMs).toBeLessThan(10_000);
  });
});
