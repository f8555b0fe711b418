/**
 * How fast the data path is beside nginx, HAProxy and the proxies of npm: `npm run bench:proxy -- [ROUNDS] [SECONDS]`.
 * Each proxy has the first core for itself; rounds are interleaved and ratios are paired, so that what else the machine
 * does hits all alike. What is not installed is left out, and said so. "per core" compares CPU time for each request.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Contender,
  freePort,
  hasCommand,
  startHaproxy,
  startNginx,
  startPackage,
  startReplicas,
  startRingmaster,
} from './bench/contender.ts';
import { type Load, measure, type Round, wrkScript } from './bench/measure.ts';

const OURS = 'ringmaster';
const PACKAGES = ['fast-proxy', 'reply-from', 'http-proxy'];
const LOADS: readonly Load[] = [
  { name: 'GET 100 B, 64 connections', path: '/', connections: 64, postBytes: 0 },
  { name: 'GET 100 B, 1 connection', path: '/', connections: 1, postBytes: 0 },
  { name: 'GET 100 B, 1000 connections', path: '/', connections: 1000, postBytes: 0 },
  { name: 'GET 64 KiB, 64 connections', path: '/large', connections: 64, postBytes: 0 },
  { name: 'POST 1 KiB, 64 connections', path: '/', connections: 64, postBytes: 1024 },
];

const ROUTING_LOAD: Load = { name: 'GET 100 B, 64 connections', path: '/', connections: 64, postBytes: 0 };

const [rounds = 3, seconds = 2, filter = ''] = process.argv
  .slice(2)
  .map((text, i) => (i < 2 ? Number(text) : text)) as [number?, number?, string?];

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const cpuOf = (round: Round) => round.userUs + round.systemUs;

function line(name: string, results: readonly Round[], ours: readonly Round[]): string {
  const of = (read: (round: Round) => number) => median(results.map(read));
  // Above 1: we do more with the same CPU time.
  const ratios = results.map((round, i) => cpuOf(round) / cpuOf(ours[i] ?? round));
  const speed = results.map((round, i) => (ours[i] ?? round).requestsPerSecond / round.requestsPerSecond);
  const cells = [
    name.padEnd(22),
    of((round) => round.requestsPerSecond)
      .toFixed(0)
      .padStart(8),
    of((round) => round.p50Ms)
      .toFixed(3)
      .padStart(8),
    of((round) => round.p99Ms)
      .toFixed(2)
      .padStart(8),
    of((round) => round.userUs)
      .toFixed(1)
      .padStart(7),
    of((round) => round.systemUs)
      .toFixed(1)
      .padStart(7),
    of((round) => round.rssMb)
      .toFixed(0)
      .padStart(6),
    median(ratios).toFixed(2).padStart(9),
    median(speed).toFixed(2).padStart(9),
  ];
  const errors = results.reduce((sum, round) => sum + round.errors, 0);
  return cells.join(' ') + (errors > 0 ? `  ${errors} errors` : '');
}

async function compare(contenders: readonly Contender[], load: Load, directory: string): Promise<void> {
  const script = join(directory, `load-${load.postBytes}.lua`);
  writeFileSync(script, wrkScript(load.postBytes));
  const results = new Map<string, Round[]>(contenders.map(({ name }) => [name, []]));
  for (const contender of contenders) await measure(contender, load, script, 1);
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      results.get(contender.name)?.push(await measure(contender, load, script, seconds));
    }
  }
  const ours = results.get(OURS) ?? [];
  process.stdout.write(
    `\n${load.name}\n${' '.repeat(23)}   req/s   p50 ms   p99 ms user us  sys us RSS MB  per core     speed\n`,
  );
  for (const [name, measured] of results) process.stdout.write(`${line(name, measured, ours)}\n`);
}

/** What other ways to choose a slot, and another worker, cost by themselves. */
async function startVariants(replicas: readonly number[]): Promise<Contender[]> {
  return [
    await startRingmaster('key ip', replicas, { key: 'ip' }),
    await startRingmaster('key path', replicas, { key: 'path' }),
    await startRingmaster('classic slots', replicas, { slotFunction: 'classic' }),
    await startRingmaster('two workers', replicas, { workers: 2 }),
  ];
}

async function startAll(directory: string, replicas: readonly number[]): Promise<Contender[]> {
  const contenders = [await startRingmaster(OURS, replicas)];
  if (hasCommand('nginx')) contenders.push(await startNginx(directory, replicas));
  if (hasCommand('haproxy')) contenders.push(await startHaproxy(directory, replicas));
  else process.stdout.write('haproxy is not installed and left out\n');
  for (const name of PACKAGES) contenders.push(await startPackage(name, replicas));
  return contenders;
}

if (!hasCommand('wrk') || !hasCommand('nginx'))
  throw new Error('this needs wrk for the load and nginx for the replicas');
const directory = mkdtempSync(join(tmpdir(), 'ringmaster-bench-'));
// nginx drops its privileges and still has to read what it serves.
chmodSync(directory, 0o755);
const replicaPorts = await Promise.all([freePort(), freePort(), freePort()]);
const started: Contender[] = [await startReplicas(directory, replicaPorts)];
try {
  started.push(...(await startAll(directory, replicaPorts)));
  process.stdout.write(
    `Node ${process.version}, ${rounds} rounds of ${seconds} s; columns "per core" and "speed": how many times theirs ours is\n`,
  );
  for (const load of LOADS) {
    if (load.name.includes(filter)) await compare(started.slice(1), load, directory);
  }
  const [, ours] = started;
  const variants = await startVariants(replicaPorts);
  started.push(...variants);
  process.stdout.write('\nRouting and workers, CPU time for each request beside one worker without a key:');
  if (ours !== undefined) await compare([ours, ...variants], ROUTING_LOAD, directory);
} finally {
  for (const { child } of started) child.kill('SIGTERM');
  rmSync(directory, { recursive: true, force: true });
}
