/**
 * What the load generator costs beside wrk, which drives the same balancer with three local replicas:
 * `npm run bench:load -- [ROUNDS]`. Rounds are interleaved and ratios are paired, so that what else the machine does
 * hits both alike. CPU time is of the whole process, its start included. Linux only: it reads /proc.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { loadSpec } from '../../lib/lab/load.ts';
import type { OwnBalancer } from './experiments/context.ts';
import { runLoad } from './load/load-process.ts';
import { startOwnBalancer } from './own-balancer.ts';

const CLIENTS = 100;
const REQUESTS = 10_000;
/** Of the kernel's clock, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

interface Round {
  readonly requests: number;
  readonly seconds: number;
  /** CPU time for each request, us. */
  readonly generatorUs: number;
  readonly balancerUs: number;
  readonly replicasUs: number;
}

/** Fields behind the command's name in `/proc/PID/stat` (proc(5)), from the third on. */
function statOf(pid: number | 'self'): readonly string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
}

function ticks(pid: number | 'self', [first, second]: readonly [number, number]): number {
  const stat = statOf(pid);
  return (Number(stat[first - 3]) + Number(stat[second - 3])) / TICKS_PER_SECOND;
}

const cpuOf = (pid: number): number => ticks(pid, [14, 15]);
const cpuOfEndedChildren = (): number => ticks('self', [16, 17]);

async function viaOurs(origin: string): Promise<{ requests: number; seconds: number }> {
  const spec = loadSpec.parse({ requests: REQUESTS, pace: { kind: 'concurrency', clients: CLIENTS } });
  const summary = await runLoad(origin, spec, {}, new AbortController().signal);
  if (summary.failed > 0) throw new Error(`${summary.failed} requests failed`);
  return { requests: summary.requests, seconds: summary.durationMs / 1000 };
}

/** It knows no number of requests, only a time. */
async function viaWrk(origin: string): Promise<{ requests: number; seconds: number }> {
  const child = spawn('wrk', ['-t1', `-c${CLIENTS}`, '-d1s', `${origin}/home`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
  const [, requests, seconds] = /(\d+) requests in ([\d.]+)s/.exec(output) ?? [];
  if (requests === undefined) throw new Error(`wrk said: ${output}`);
  return { requests: Number(requests), seconds: Number(seconds) };
}

async function measure(drive: typeof viaOurs, { origin, client }: OwnBalancer): Promise<Round> {
  const pids = (await client.replicas()).map(({ instance }) => instance?.pid ?? 0);
  const balancer = Number(statOf(pids[0] ?? 0)[1]);
  const now = () => [cpuOfEndedChildren(), cpuOf(balancer), pids.reduce((sum, pid) => sum + cpuOf(pid), 0)];
  const before = now();
  const { requests, seconds } = await drive(origin);
  const [generatorUs = 0, balancerUs = 0, replicasUs = 0] = now().map(
    (value, at) => ((value - (before[at] ?? 0)) * 1e6) / requests,
  );
  return { requests, seconds, generatorUs, balancerUs, replicasUs };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function report(name: string, rounds: readonly Round[], ours: readonly Round[]): string {
  const of = (pick: (round: Round) => number): string => median(rounds.map(pick)).toFixed(0).padStart(11);
  const ratio = median(rounds.map((round, at) => round.generatorUs / (ours[at]?.generatorUs ?? Number.NaN)));
  const speed = of((round) => round.requests / round.seconds);
  const costs = of((round) => round.generatorUs) + of((round) => round.balancerUs) + of((round) => round.replicasUs);
  return `${name.padEnd(12)}${speed}${costs}${ratio.toFixed(2).padStart(14)}`;
}

async function hasWrk(): Promise<boolean> {
  const child = spawn('wrk', ['--version'], { stdio: 'ignore' });
  return Promise.race([once(child, 'close').then(() => true), once(child, 'error').then(() => false)]);
}

const rounds = Number(process.argv[2] ?? 5);
const own = await startOwnBalancer({ placement: 'balanced', replicas: 3, key: 'request' }, AbortSignal.timeout(60_000));
try {
  const drivers = [['ringmaster', viaOurs] as const, ...((await hasWrk()) ? [['wrk', viaWrk] as const] : [])];
  if (drivers.length === 1) console.log('wrk is not installed: only our own figures');
  const results = new Map<string, Round[]>(drivers.map(([name]) => [name, []]));
  for (const [, drive] of drivers) await measure(drive, own);
  for (let round = 0; round < rounds; round++) {
    for (const [name, drive] of drivers) results.get(name)?.push(await measure(drive, own));
  }
  const ours = results.get('ringmaster') ?? [];
  console.log('             requests/s  us/request: generator, balancer, replicas   its CPU/ours');
  for (const [name, list] of results) console.log(report(name, list, ours));
  console.log(`A-1: ${REQUESTS} requests took ${median(ours.map(({ seconds }) => seconds)).toFixed(2)} s (median)`);
} finally {
  await own.stop();
}
