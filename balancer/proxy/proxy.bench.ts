/**
 * How fast the data path is beside nginx, HAProxy and the proxies of npm: `npm run bench:proxy -- [--quick]
 * [--rounds N] [--seconds N] [--only TEXT]`. Each proxy has the first core for itself; rounds are interleaved and ratios
 * are paired, so that what else the machine does hits all alike. What is not installed is left out, and said so.
 * "ringmaster" is the whole balancer with health checks, metrics and an open panel; "relay that reads nothing" is what Node
 * itself takes.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Contender,
  startBalancer,
  startDataPath,
  startHaproxy,
  startNginx,
  startPackage,
  startRelay,
  startReplicas,
} from './bench/contender.ts';
import { idleMemory } from './bench/idle-memory.ts';
import type { Load } from './bench/measure.ts';
import { end, endAll, freePort, hasCommand } from './bench/processes.ts';
import { routingCost, zipfKeys } from './bench/routing.ts';
import { compare, type Plan } from './bench/table.ts';

const PACKAGES = ['fast-proxy', 'reply-from', 'http-proxy'];
const LOADS: readonly Load[] = [
  { name: 'GET 100 B, 64 connections', path: '/', connections: 64, postBytes: 0 },
  { name: 'GET 100 B, 1 connection', path: '/', connections: 1, postBytes: 0 },
  { name: 'GET 100 B, 1000 connections', path: '/', connections: 1000, postBytes: 0 },
  { name: 'GET 64 KiB, 64 connections', path: '/large', connections: 64, postBytes: 0 },
  { name: 'POST 1 KiB, 64 connections', path: '/', connections: 64, postBytes: 1024 },
];
const [SMALL] = LOADS as readonly [Load];
const IDLE_CONNECTIONS = 10_000;

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});

function count(text: string | undefined, fallback: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`"${text}" is no whole number above 0`);
  return value;
}

async function rivals(directory: string, replicas: readonly number[]): Promise<Contender[]> {
  const contenders = [await startNginx(directory, replicas)];
  if (hasCommand('haproxy')) contenders.push(await startHaproxy(directory, replicas));
  else process.stdout.write('haproxy is not installed and left out\n');
  for (const name of given.quick ? PACKAGES.slice(0, 1) : PACKAGES) contenders.push(await startPackage(name, replicas));
  return contenders;
}

async function workers(directory: string, replicas: readonly number[], plan: Plan): Promise<void> {
  const both = [
    await startBalancer('two workers', directory, replicas, ['--workers', '2']),
    await startBalancer('one worker', directory, replicas, ['--workers', '1']),
  ];
  const name =
    'Two workers on one core: above 1 they need less CPU time than one does; on cores of their own they serve';
  await compare(both, { ...SMALL, name: `${name}\ntwice that of one, times "per core"` }, plan);
  for (const { child } of both) await end(child);
}

async function run(directory: string, plan: Plan): Promise<void> {
  const ports = await Promise.all(Array.from({ length: 10 }, freePort));
  const three = ports.slice(0, 3);
  await startReplicas(directory, ports);
  const ours = await startBalancer('ringmaster', directory, three, ['--workers', '1']);
  const alone = await startDataPath('its data path alone', three);
  const others = await rivals(directory, three);
  const all = [ours, alone, await startRelay(three), ...others];
  const parts: readonly (readonly [name: string, part: () => Promise<void>])[] = [
    ...LOADS.map((load) => [load.name, () => compare(all, load, plan)] as const),
    ['idle', () => idleMemory([ours, alone, ...others.slice(0, 1)], IDLE_CONNECTIONS)],
    ['workers', () => workers(directory, three, plan)],
    ['routing', () => routingCost(three, { ...plan, rounds: plan.rounds * 2, seconds: 1 })],
    ['zipf', () => zipfKeys(ports, plan)],
  ];
  for (const [name, part] of parts) if (name.includes(given.only)) await part();
}

if (!hasCommand('wrk') || !hasCommand('nginx')) {
  throw new Error('this needs wrk for the load and nginx for the replicas');
}
const directory = mkdtempSync(join(tmpdir(), 'ringmaster-bench-'));
// nginx drops its privileges and still has to read what it serves.
chmodSync(directory, 0o755);
const plan = {
  rounds: count(given.rounds, given.quick ? 1 : 3),
  seconds: count(given.seconds, given.quick ? 1 : 2),
  directory,
};
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
process.stdout.write(
  `Node ${process.version}, ${plan.rounds} rounds of ${plan.seconds} s. CPU time of a request in user and kernel mode;\n` +
    '"per core" and "speed": how many times theirs ours is, by CPU time and by requests a second\n',
);
await run(directory, plan);
await endAll();
process.exit(0);
