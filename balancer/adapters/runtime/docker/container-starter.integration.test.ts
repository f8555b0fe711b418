import { afterEach, expect, test } from 'vitest';
import { ContainerStarter } from './container-starter.ts';
import { Engine } from './engine.ts';
import { type Answer, type FakeEngine, startFakeEngine } from './fake-engine.ts';

const ID = 'a'.repeat(64);
const forever = new AbortController().signal;
const LABELS = { 'ringmaster.fleet': 'test', 'ringmaster.replica': 'S1', 'ringmaster.seat': '1' };
const SETTINGS = {
  fleet: 'test',
  image: 'server',
  network: 'net1',
  port: 5000,
  environment: {},
  memoryBytes: 0,
  cpus: 0,
  publishOn: null,
  composeProject: null,
};

const TAKEN: Answer = {
  status: 409,
  body: { message: 'Conflict. The container name "/S1" is already in use by container "b". You have to remove it.' },
};

function running(name: string): Answer {
  return {
    status: 200,
    body: {
      Id: ID,
      Name: `/${name}`,
      Config: { Image: 'server', Labels: LABELS },
      State: { Status: 'running', Running: true, Pid: 7, StartedAt: '2026-01-01T00:00:00Z' },
      NetworkSettings: { Networks: { net1: { IPAddress: '10.0.0.2' } }, Ports: {} },
    },
  };
}

let fake: FakeEngine;
afterEach(() => fake.dispose());

function starterOver({ socketPath }: FakeEngine): ContainerStarter {
  return new ContainerStarter({
    engine: new Engine({ socketPath }),
    settings: SETTINGS,
    reach: { network: 'net1', port: 5000, publishOn: null, remoteHost: null },
    mend: async () => undefined,
    hasEnded: () => false,
  });
}

/**
 * An Engine that says that S1 is taken, as long as `isHeld`, while no container bears it.
 * @param named what containers were to be called, in order: "create S1", "rename S1"
 */
function engineWithLostName(named: string[], isHeld: () => boolean): Promise<FakeEngine> {
  let name = '';
  return startFakeEngine((method, { pathname, searchParams }) => {
    const wanted = searchParams.get('name');
    if (wanted === null) return method === 'GET' ? found(pathname, name) : { status: 204 };
    const action = pathname.split('/').at(-1);
    named.push(`${action} ${wanted}`);
    if (wanted === 'S1' && isHeld()) return TAKEN;
    name = wanted;
    return action === 'create' ? { status: 201, body: { Id: ID, Warnings: [] } } : { status: 204 };
  });
}

function found(pathname: string, name: string): Answer {
  return pathname.includes(ID) ? running(name) : { status: 404, body: { message: 'No such container: S1' } };
}

test('a name that the Engine holds for no container is done without, and taken once it is free', async () => {
  const named: string[] = [];
  let isHeld = true;
  fake = await engineWithLostName(named, () => isHeld);
  const instance = await starterOver(fake).start({ name: 'S1', seat: 1 }, null, forever);
  expect(instance).toMatchObject({ id: ID, name: 'S1', seat: 1, state: 'running', standby: false });
  expect(named.slice(0, 2)).toEqual(['create S1', expect.stringMatching(/^create S1\.new-[0-9a-f]{8}$/)]);
  isHeld = false;
  await expect.poll(() => named.at(-1), { timeout: 5_000 }).toBe('rename S1');
});

test('what cannot take its name in time is left with one that no standby has', async () => {
  const named: string[] = [];
  fake = await engineWithLostName(named, () => true);
  await starterOver(fake).takeName(ID, 'S1', null, 1);
  expect(named).toEqual(['rename S1', expect.stringMatching(/^rename S1\.new-[0-9a-f]{8}$/)]);
});
