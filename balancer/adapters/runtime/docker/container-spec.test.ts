import { expect, test } from 'vitest';
import {
  asideName,
  type ContainerSettings,
  containerName,
  containerOptions,
  interimName,
  isStandby,
  replicaName,
  standbyName,
} from './container-spec.ts';

const settings: ContainerSettings = {
  fleet: 'main',
  image: 'shop:2',
  network: 'net1',
  port: 3000,
  environment: { MODE: 'test', PORT: '1' },
  memoryBytes: 0,
  cpus: 0,
  publishOn: null,
  composeProject: null,
};
const spec = { name: 'S5', seat: 5 };

test('name, hostname and network are the replica’s; PORT and SERVER_ID win over given ones', () => {
  expect(containerOptions(settings, spec)).toMatchObject({
    name: 'S5',
    Hostname: 'S5',
    Image: 'shop:2',
    Env: ['MODE=test', 'PORT=3000', 'SERVER_ID=S5'],
    Labels: { 'ringmaster.fleet': 'main', 'ringmaster.replica': 'S5', 'ringmaster.seat': '5' },
    HostConfig: { NetworkMode: 'net1', Init: true, RestartPolicy: { Name: 'no' } },
    NetworkingConfig: { EndpointsConfig: { net1: { Aliases: ['S5'] } } },
  });
});

test('nothing is published, limited or labelled for compose unless asked for', () => {
  const { HostConfig, Labels } = containerOptions(settings, spec);
  expect(HostConfig).not.toHaveProperty('PortBindings');
  expect(HostConfig).not.toHaveProperty('Memory');
  expect(HostConfig).not.toHaveProperty('NanoCpus');
  expect(HostConfig).not.toHaveProperty('AutoRemove');
  expect(Object.keys(Labels ?? {}).filter((label) => label.startsWith('com.docker'))).toEqual([]);
});

test('limits hold without swap', () => {
  const { HostConfig } = containerOptions({ ...settings, memoryBytes: 1 << 26, cpus: 0.5 }, spec);
  expect(HostConfig).toMatchObject({ Memory: 1 << 26, MemorySwap: 1 << 26, NanoCpus: 500_000_000 });
});

test('a published port is left to Docker to choose', () => {
  const { HostConfig } = containerOptions({ ...settings, publishOn: '127.0.0.1' }, spec);
  expect(HostConfig?.PortBindings).toEqual({ '3000/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] });
});

test('within a compose project, replicas carry what `down --remove-orphans` looks for', () => {
  expect(containerOptions({ ...settings, composeProject: 'shop' }, spec).Labels).toMatchObject({
    'com.docker.compose.project': 'shop',
    'com.docker.compose.service': 'replica',
    'com.docker.compose.oneoff': 'False',
    'com.docker.compose.container-number': '5',
    'com.docker.compose.config-hash': expect.any(String),
  });
});

test('a name of one letter, which Docker refuses, stays the hostname', () => {
  expect(containerName('a')).toBe('a_');
  expect(containerOptions(settings, { name: 'a', seat: 1 })).toMatchObject({
    name: 'a_',
    Hostname: 'a',
    NetworkingConfig: { EndpointsConfig: { net1: { Aliases: ['a'] } } },
  });
});

test('a standby has the replica’s identity, but neither its hostname nor its alias, which the network’s DNS knows', () => {
  expect(containerOptions(settings, { ...spec, standby: true }, 'S5.standby-1')).toMatchObject({
    name: 'S5.standby-1',
    Hostname: 'S5.standby-1',
    Env: expect.arrayContaining(['SERVER_ID=S5']),
    Labels: { 'ringmaster.replica': 'S5', 'ringmaster.seat': '5' },
    NetworkingConfig: { EndpointsConfig: { net1: { Aliases: [] } } },
  });
  const labels = { 'ringmaster.replica': 'S5' };
  expect([standbyName('S5'), interimName('S5'), 'S5', 'S5x'].map((name) => isStandby(name, labels))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test.each([
  ['S5', 'S5'],
  [interimName('S5'), 'S5'],
  [standbyName('S5'), 'S5'],
  [asideName('S5', '0123456789abcdef'), 'S5.old-0123456789ab'],
  ['renamed-by-hand', 'renamed-by-hand'],
])('a container named %s is replica %s', (container, replica) => {
  expect(replicaName(container, { 'ringmaster.replica': 'S5' })).toBe(replica);
});
