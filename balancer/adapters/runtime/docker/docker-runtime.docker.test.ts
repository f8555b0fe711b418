import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Runtime } from '../../../core/ports.ts';
import { type RuntimeHarness, runtimeContract } from '../runtime.contract.ts';
import { DockerRuntime, type DockerRuntimeOptions } from './docker-runtime.ts';
import { Engine } from './engine.ts';
import { sampleImage } from './sample-image.ts';

const forever = new AbortController().signal;
const unwanted = process.env['RINGMASTER_TEST_DOCKER'] === 'no' ? 'containers cannot be had here' : null;
const missing = unwanted ?? (await new Engine().ping(forever));
if (missing !== null) console.log(`skipped: the docker runtime, as no Docker Engine can be used (${missing})`);

function docker(...args: readonly string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8' }).trim();
}

function createRuntime(fleet: string, change: Partial<DockerRuntimeOptions> = {}): Runtime {
  return new DockerRuntime({
    image: null,
    port: 5000,
    environment: { SERVER_LAB: '1' },
    network: `${fleet}-net`,
    memoryBytes: 0,
    cpus: 0,
    fleet,
    address: 'auto',
    ...change,
  });
}

async function createHarness(change: Partial<DockerRuntimeOptions> = {}): Promise<RuntimeHarness> {
  const fleet = `test-${randomUUID().slice(0, 8)}`;
  return {
    create: () => createRuntime(fleet, change),
    name: (label) => `${fleet}-${label}`,
    leftovers: async () =>
      docker('ps', '-aq', '--filter', `label=ringmaster.fleet=${fleet}`).split('\n').filter(Boolean),
    dispose: async () => {
      expect(docker('network', 'ls', '-q', '--filter', `name=${fleet}-net`)).toBe('');
    },
  };
}

describe.skipIf(missing !== null)('with a Docker Engine', () => {
  runtimeContract('docker', () => createHarness());

  let fleet: string;
  let runtime: Runtime;
  beforeAll(() => {
    fleet = `test-${randomUUID().slice(0, 8)}`;
    runtime = createRuntime(fleet, { memoryBytes: 1 << 27, cpus: 0.5, address: 'published' });
    return runtime.prepare(forever);
  });
  afterAll(async () => {
    for (const { id } of await runtime.list(forever)) await runtime.remove(id, forever);
    await runtime.close();
  });

  test('with published ports a replica is reached on loopback, and again after a restart; limits are set', async () => {
    const instance = await runtime.start({ name: `${fleet}-p`, seat: 1 }, forever);
    expect(instance.address.host).toBe('127.0.0.1');
    const again = await runtime.restart(instance.id, 2000, forever);
    const home = (): Promise<string> =>
      fetch(`http://127.0.0.1:${again.address.port}/home`).then(
        (answer) => answer.text(),
        () => '',
      );
    await expect.poll(home, { timeout: 10_000 }).toContain(`${fleet}-p`);
    const [memory, cpus] = docker(
      'inspect',
      '-f',
      '{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}}',
      instance.id,
    ).split(' ');
    expect([memory, cpus]).toEqual([String(1 << 27), '500000000']);
    for await (const { memoryLimitBytes } of runtime.stats(instance.id, forever)) {
      expect(memoryLimitBytes).toBe(1 << 27);
      break;
    }
  });

  test('who takes a dead replica’s place gets its name, whatever it began under', async () => {
    const stop = new AbortController();
    const ends: string[] = [];
    const watching = runtime.watch((event) => event.kind === 'exited' && ends.push(event.id), stop.signal);
    const name = `${fleet}-n`;
    const first = await runtime.start({ name, seat: 5 }, forever);
    await runtime.kill(first.id, forever);
    await expect.poll(() => ends).toContain(first.id);
    const second = await runtime.start({ name, seat: 5 }, forever);
    expect(second.name).toBe(name);
    await expect.poll(() => docker('ps', '--no-trunc', '-q', '--filter', `name=^/${name}$`)).toBe(second.id);
    expect((await runtime.list(forever)).find(({ id }) => id === second.id)?.name).toBe(name);
    stop.abort();
    await watching;
  });

  test('nobody on the network finds a standby under the replica’s name until it is promoted', async () => {
    const name = `${fleet}-dns`;
    const asked = (host: string): string => {
      const program = `require('dns').lookup('${host}',{all:true},(e,a)=>console.log(e?e.code:a.map(x=>x.address).join()))`;
      return docker('run', '--rm', '--network', `${fleet}-net`, sampleImage(), 'node', '-e', program);
    };
    const inside = (id: string): string =>
      docker('inspect', '-f', `{{(index .NetworkSettings.Networks "${fleet}-net").IPAddress}}`, id);
    const first = await runtime.start({ name, seat: 6 }, forever);
    const spare = await runtime.start({ name, seat: 6, standby: true }, forever);
    await runtime.pause(spare.id, forever);
    expect(asked(name)).toBe(inside(first.id));
    await runtime.remove(first.id, forever);
    await runtime.promote(spare.id, forever);
    await expect.poll(() => docker('ps', '--no-trunc', '-q', '--filter', `name=^/${name}$`)).toBe(spare.id);
    expect(asked(name)).toBe(inside(spare.id));
  });

  test('a name of one letter has no standby', async () => {
    const start = runtime.start({ name: 'q', seat: 7, standby: true }, forever);
    await expect(start).rejects.toMatchObject({ code: 'unsupported' });
  });

  test('an image that exists nowhere is refused by name', async () => {
    const other = createRuntime(fleet, { image: 'ringmaster.invalid/no-such-image:1' });
    await expect(other.prepare(forever)).rejects.toMatchObject({
      code: 'image-missing',
      message: expect.stringMatching(/ringmaster\.invalid\/no-such-image:1 is neither here nor can it be pulled/),
    });
  });

  test('a name that a stranger’s container holds is taken, and the stranger is left alone', async () => {
    const name = `${fleet}-stranger`;
    docker('create', '--name', name, sampleImage());
    try {
      const refused = runtime.start({ name, seat: 2 }, forever);
      await expect(refused).rejects.toMatchObject({ code: 'name-taken', message: expect.stringContaining(name) });
      const id = docker('inspect', '-f', '{{.Id}}', name);
      await expect(runtime.kill(id, forever)).rejects.toMatchObject({ code: 'not-found' });
      await runtime.remove(id, forever);
      expect(docker('inspect', '-f', '{{.Id}}', name)).toBe(id);
    } finally {
      docker('rm', '-f', name);
    }
  });

  test('a replica that ends at once is told with its code, by the start or by an event, and leaves no container', async () => {
    const broken = createRuntime(fleet, { environment: { SERVER_KEEP_ALIVE_MS: 'soon' } });
    const stop = new AbortController();
    const told: string[] = [];
    const watching = broken.watch((event) => event.kind === 'exited' && told.push(event.reason), stop.signal);
    const start = broken.start({ name: `${fleet}-broken`, seat: 3 }, forever);
    await start.catch((error) => told.push(`${error.code}: ${error.message}`));
    await expect.poll(() => told.join()).toMatch(/exit code 2/);
    for (const { id } of await broken.list(forever)) await broken.remove(id, forever);
    expect(docker('ps', '-aq', '--filter', `name=${fleet}-broken`)).toBe('');
    stop.abort();
    await watching;
  });

  test('a dead Engine answers at once, and is said to be unreachable', async () => {
    const other = createRuntime(fleet, { socketPath: '/nowhere/docker.sock' });
    const events: string[] = [];
    const stop = new AbortController();
    const watching = other.watch((event) => events.push(event.kind), stop.signal);
    const before = performance.now();
    await expect(other.start({ name: 'S1', seat: 1 }, forever)).rejects.toMatchObject({ code: 'unreachable' });
    await expect(other.list(forever)).rejects.toMatchObject({ code: 'unreachable' });
    await expect(other.prepare(forever)).rejects.toMatchObject({ code: 'unreachable' });
    expect(performance.now() - before).toBeLessThan(1000);
    await expect.poll(() => events).toEqual(['lost']);
    stop.abort();
    await watching;
  });
});
