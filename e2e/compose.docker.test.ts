import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort, replicaNames } from './support/balancer.ts';

const run = promisify(execFile);
const docker = process.env['RINGMASTER_TEST_DOCKER'] !== 'no';

type Compose = readonly [command: string, ...first: string[]];

/** The composes this machine has: Docker's own, the one on the path, and a v2 that was unpacked somewhere. */
function composes(): { name: string; command: Compose }[] {
  const unpacked = process.env['RINGMASTER_COMPOSE_V2'] ?? '';
  const candidates: Compose[] = [
    ['docker', 'compose'],
    ['docker-compose'],
    ...(unpacked === '' ? [] : [[unpacked] as const]),
  ];
  return candidates.flatMap((command) => {
    const version = versionOf(command);
    return version === null
      ? []
      : [{ name: `${command.length > 1 ? 'docker compose' : 'docker-compose'} ${version}`, command }];
  });
}

function versionOf([command, ...first]: Compose): string | null {
  try {
    const version = execFileSync(command, [...first, 'version', '--short'], { stdio: ['ignore', 'pipe', 'ignore'] });
    return version.toString().trim();
  } catch {
    return null;
  }
}

async function left(kind: 'ps' | 'network', ...filters: readonly string[]): Promise<string> {
  const args = kind === 'ps' ? ['ps', '-aq'] : ['network', 'ls', '-q'];
  return (await run('docker', [...args, ...filters.flatMap((filter) => ['--filter', filter])])).stdout.trim();
}

async function untilAnswers(url: string, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const status = await fetch(url).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    await sleep(100);
  }
  throw new Error(`${url} did not answer within ${timeoutMs} ms`);
}

const found = docker ? composes() : [];
if (found.length === 0) console.log('skipped: docker-compose, as there is none, or no Docker Engine');
/** What the system does once it is up does not depend on who brought it up: one of them is enough. */
const tried = found.map((one, at) => ({ ...one, whole: at === 0 }));
const none = { name: 'docker-compose', command: [''] as const, whole: true };
const described = tried.length > 0 ? describe.each(tried) : describe.skip.each([none]);

described('$name', ({ command: [command, ...first], whole }) => {
  const project = `ringmaster-test-${randomUUID().slice(0, 8)}`;
  let balancer: string;
  let panel: string;
  let compose: (...args: readonly string[]) => Promise<unknown>;

  beforeAll(async () => {
    const ports = { RINGMASTER_PORT: String(await freePort()), PANEL_PORT: String(await freePort()) };
    // One builder for all of them, so that the second finds its images built: the panel's takes minutes.
    const builder = { COMPOSE_DOCKER_CLI_BUILD: '0', DOCKER_BUILDKIT: '0' };
    const env = { ...process.env, ...ports, ...builder, RINGMASTER_NETWORK: project };
    compose = (...args) => run(command, [...first, '-p', project, ...args], { env, maxBuffer: 1 << 26 });
    balancer = `http://127.0.0.1:${ports.RINGMASTER_PORT}`;
    panel = `http://127.0.0.1:${ports.PANEL_PORT}`;
    await compose('up', '--build', '-d');
    await untilAnswers(`${balancer}/_ring/readyz`, 60_000);
  }, 540_000);

  afterAll(async () => {
    await compose('down', '--remove-orphans', '--volumes').catch(() => {});
  }, 90_000);

  test('up serves requests over three containers on the network', async () => {
    const names = await replicaNames(balancer);
    expect(names).toHaveLength(3);
    const seen = new Set<string>();
    for (let i = 0; i < 60; i++) {
      const body = (await (await fetch(`${balancer}/home`)).json()) as { message: string; status: string };
      expect(body.status).toBe('successful');
      seen.add(body.message.replace('Hello from Server: ', ''));
    }
    expect([...seen].sort()).toEqual([...names].sort());
    const format = '{{range .Containers}}{{.Name}} {{end}}';
    const { stdout } = await run('docker', ['network', 'inspect', '-f', format, project]);
    expect(stdout.split(' ')).toEqual(expect.arrayContaining(names));
  });

  if (whole) {
    test('refusals have the contract’s words', async () => {
      const other = await fetch(`${balancer}/other`);
      expect([other.status, await other.json()]).toEqual([
        400,
        { message: "<Error> '/other' endpoint does not exist in server replicas", status: 'failure' },
      ]);
      const refused = await fetch(`${balancer}/add`, { method: 'POST', body: '{"n":1,"hostnames":["ab","cd"]}' });
      expect([refused.status, await refused.json()]).toEqual([
        400,
        { message: '<Error> Length of hostname list is more than newly added instances', status: 'failure' },
      ]);
    });

    test('a replica is added and removed, and one that is killed comes back', async () => {
      const name = `${project}-x`;
      const added = await fetch(`${balancer}/add`, {
        method: 'POST',
        body: JSON.stringify({ n: 1, hostnames: [name] }),
      });
      expect(added.status).toBe(200);
      await run('docker', ['kill', name]);
      const serving = async (): Promise<string> => {
        const state = await fetch(`${balancer}/_ring/v1/state`).then((answer) => answer.json());
        const replicas = (state as { replicas: { name: string; status: string; restarts: number }[] }).replicas;
        const replica = replicas.find((one) => one.name === name);
        return `${replica?.status} after ${replica?.restarts}`;
      };
      await expect.poll(serving, { timeout: 20_000, interval: 50 }).toBe('serving after 1');
      const removed = await fetch(`${balancer}/rm`, {
        method: 'DELETE',
        body: JSON.stringify({ n: 1, hostnames: [name] }),
      });
      expect(removed.status).toBe(200);
      expect(await replicaNames(balancer)).not.toContain(name);
    });
  }

  test('the panel answers, and reaches the balancer', async () => {
    await untilAnswers(`${panel}/`, 30_000);
    expect((await fetch(`${panel}/api/health`)).status).toBe(200);
  });

  test('down --remove-orphans leaves no container, standby or not, and no network', async () => {
    const standbys = (): Promise<string> => left('ps', `label=com.docker.compose.project=${project}`, 'status=paused');
    await expect.poll(standbys, { timeout: 60_000, interval: 100 }).not.toBe('');
    expect(await left('ps', `label=com.docker.compose.project=${project}`)).not.toBe('');
    await compose('down', '--remove-orphans');
    expect(await left('ps', `label=com.docker.compose.project=${project}`)).toBe('');
    expect(await left('network', `name=${project}`)).toBe('');
  }, 90_000);

  test('replicas of a balancer that was killed are taken along too', async () => {
    await compose('up', '-d');
    await untilAnswers(`${balancer}/_ring/readyz`, 60_000);
    await compose('kill', 'balancer');
    expect((await left('ps', `network=${project}`)).split('\n').length).toBeGreaterThanOrEqual(4);
    await compose('down', '--remove-orphans');
    expect(await left('ps', `label=com.docker.compose.project=${project}`)).toBe('');
    expect(await left('network', `name=${project}`)).toBe('');
  }, 150_000);
});
