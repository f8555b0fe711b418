import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { replicaNames, startBalancer } from './support/balancer.ts';
import { startLoad } from './support/load.ts';

const docker = process.env['RINGMASTER_TEST_DOCKER'] !== 'no';

async function dockerCommand(...args: string[]): Promise<string> {
  return (await promisify(execFile)('docker', args)).stdout.trim();
}

/** The ID of the container that has the name now, or null while none runs under it. */
async function runningContainer(name: string): Promise<string | null> {
  return (await dockerCommand('ps', '--no-trunc', '-q', '--filter', `name=^/${name}$`)) || null;
}

/** The IDs of all containers that belong to a balancer's fleet. */
async function fleetContainers(): Promise<string[]> {
  const ids = await dockerCommand('ps', '-aq', '--filter', 'label=ringmaster.fleet');
  return ids.split('\n').filter((id) => id !== '');
}

/** Every answer of `/rep` from now until it lists the victim again after it did not. */
async function listsUntilBack(url: string, victim: string, timeoutMs: number): Promise<string[][]> {
  const deadline = Date.now() + timeoutMs;
  const lists: string[][] = [];
  while (Date.now() < deadline) {
    const names = await replicaNames(url);
    lists.push(names);
    const wasAway = lists.some((list) => !list.includes(victim));
    if (wasAway && names.includes(victim)) return lists;
    await sleep(5);
  }
  throw new Error(`${victim} was not away and back within ${timeoutMs} ms`);
}

describe.skipIf(!docker)('docker kill of a container under load', () => {
  test('loses no GET, keeps /rep honest, and brings the same name back', { timeout: 120_000 }, async () => {
    const foreign = await fleetContainers();
    const balancer = await startBalancer(['--runtime', 'docker']);
    try {
      const names = await replicaNames(balancer.url);
      const victim = names[1] ?? '';
      const old = await runningContainer(victim);
      expect(old).not.toBeNull();
      const load = startLoad(`${balancer.url}/home`, 100);
      await sleep(500);
      const [lists] = await Promise.all([listsUntilBack(balancer.url, victim, 10_000), dockerCommand('kill', victim)]);
      const others = names.filter((name) => name !== victim);
      for (const list of lists) expect([names, others]).toContainEqual(list);
      expect(await runningContainer(victim)).not.toBe(old);
      await sleep(1000);
      const { sent, byReplica, errors } = await load.stop();
      expect(Object.fromEntries(errors)).toEqual({});
      expect([...byReplica.values()].reduce((a, b) => a + b, 0)).toBe(sent);
      expect(byReplica.get(victim)).toBeGreaterThan(0);
      expect(await replicaNames(balancer.url)).toEqual(names);
    } finally {
      await balancer.stop();
    }
    expect(foreign).toEqual(expect.arrayContaining(await fleetContainers()));
  });
});
