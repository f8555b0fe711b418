/** What the ways to choose a replica cost, and what the bounded load is good for. */
import { Availability, createBoard, SharedLoads } from '../../core/board.ts';
import { boundedPicker } from '../../core/bounded-load.ts';
import { type Picker, pick } from '../../core/pick.ts';
import type { TrafficOptions } from '../../core/traffic.ts';
import { slotChooser } from '../routing-key.ts';
import { seatRoute, snapshotOf, TRAFFIC } from '../testing/traffic.ts';
import { startDataPath } from './contender.ts';
import type { Load } from './measure.ts';
import { end, nextLine } from './processes.ts';
import { cpuOf, interleave, median, type Plan } from './table.ts';

const FACTOR = 1.25;
const FIELDS = { 'X-User': 'user-12345', Cookie: 'theme=dark; session=0123456789abcdef' };
const LOAD: Load = { name: 'routing', path: '/page?id=12345', connections: 64, postBytes: 0, fields: FIELDS };

const MODES: readonly (readonly [name: string, options: Partial<TrafficOptions>])[] = [
  ['no key, even walk', {}],
  ['classic slots', { slotFunction: 'classic' }],
  ['key ip', { key: { kind: 'ip' } }],
  ['key path', { key: { kind: 'path' } }],
  ['key header', { key: { kind: 'header', name: 'X-User' } }],
  ['key cookie', { key: { kind: 'cookie', name: 'session' } }],
  ['key query', { key: { kind: 'query', name: 'id' } }],
  ['bounded load, key path', { key: { kind: 'path' }, balanceFactor: FACTOR }],
];

const CALLS = 2_000_000;

/** Time to choose slot and replica, ns; without the search for a field, which is part of reading the request. */
function choiceNs(options: Partial<TrafficOptions>): number {
  const all = { ...TRAFFIC, ...options };
  const board = createBoard(1);
  const availability = new Availability(board);
  for (const seat of [1, 2, 3]) availability.set(seat, true, 1);
  const loads = new SharedLoads(board);
  const bound = { loads, factor: FACTOR, onSpill: () => undefined };
  const picker: Picker = all.balanceFactor === undefined ? pick : boundedPicker(bound);
  const snapshot = snapshotOf([1, 2, 3].map((seat) => seatRoute(seat, seat)));
  const choose = slotChooser(all, 0);
  const field = (name: string) => (name === 'cookie' ? FIELDS.Cookie : FIELDS['X-User']);
  const request = { target: LOAD.path, clientAddress: '192.168.100.200', field };
  const run = (count: number) => {
    for (let i = 0; i < count; i++) picker(snapshot, availability, choose(request), []);
  };
  run(CALLS / 10);
  const startedAt = process.hrtime.bigint();
  run(CALLS);
  return Number(process.hrtime.bigint() - startedAt) / CALLS;
}

/** Each mode beside the first one. A ratio of runs has the noise of runs; the time of the choice itself has not. */
export async function routingCost(replicas: readonly number[], plan: Plan): Promise<void> {
  const contenders = [];
  for (const [name, options] of MODES) contenders.push(await startDataPath(name, replicas, options));
  const results = await interleave(contenders, LOAD, plan);
  const plain = results.get(MODES[0]?.[0] ?? '') ?? [];
  const us = median(plain.map(cpuOf));
  process.stdout.write('\nWays to choose a replica, 64 connections\n');
  process.stdout.write(`${' '.repeat(24)} choice ns  of a request  throughput of the first's  its CPU time\n`);
  for (const [name, options] of MODES) {
    const measured = results.get(name) ?? [];
    const paired = (read: (i: number) => number) => median(measured.map((_, i) => read(i)));
    const speed = paired((i) => (measured[i]?.requestsPerSecond ?? 0) / (plain[i]?.requestsPerSecond ?? 1));
    const cpu = paired((i) => cpuOf(measured[i] ?? LOST) / cpuOf(plain[i] ?? LOST));
    const ns = choiceNs(options);
    const share = `${(ns / us / 10).toFixed(2)} %`;
    const cells = [ns.toFixed(0).padStart(10), share.padStart(14), speed.toFixed(3).padStart(27), cpu.toFixed(3)];
    process.stdout.write(`${name.padEnd(24)}${cells.slice(0, 3).join('')}${(cells[3] ?? '').padStart(14)}\n`);
  }
  for (const { child } of contenders) await end(child);
}

const LOST = { requestsPerSecond: 0, p50Ms: 0, p99Ms: 0, userUs: Number.NaN, systemUs: 0, errors: 0, rssMb: 0 };

/** Popular keys on ten replicas: how much more than the mean the busiest one gets, with and without the bound. */
export async function zipfKeys(replicas: readonly number[], plan: Plan): Promise<void> {
  const load: Load = { name: 'Zipf', path: '/', connections: 64, postBytes: 0, hasZipfKeys: true };
  const key = { kind: 'header', name: 'X-User' } as const;
  process.stdout.write(`\nZipf keys on ${replicas.length} replicas    peak/mean  at home\n`);
  for (const [name, balanceFactor] of [
    ['plain ring', 0],
    ['bounded, 125 %', FACTOR],
  ] as const) {
    const contender = await startDataPath(name, replicas, { key, balanceFactor });
    await interleave([contender], load, { ...plan, rounds: 1 });
    const told = nextLine(contender.child);
    await end(contender.child);
    const { requests, spilled } = JSON.parse(await told) as { requests: number[]; spilled: number };
    const all = requests.reduce((sum, count) => sum + count, 0);
    const peak = ((Math.max(...requests) / all) * requests.length).toFixed(2).padStart(9);
    process.stdout.write(`${name.padEnd(24)}${peak}${(((all - spilled) / all) * 100).toFixed(1).padStart(7)} %\n`);
  }
}
