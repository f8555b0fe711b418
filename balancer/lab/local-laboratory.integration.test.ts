import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { experimentRequest, FAULTS } from '../../lib/lab/experiment.ts';
import { figuresOf } from '../../lib/lab/figures.ts';
import { reportHtml } from '../../lib/lab/report.ts';
import type { Run, RunMessage } from '../../lib/lab/run.ts';
import { spreadOf } from '../../lib/lab/statistics.ts';
import type { OwnBalancer } from './experiments/context.ts';
import { processFreezer } from './experiments/freezer.ts';
import { LocalLaboratory } from './local-laboratory.ts';
import { startOwnBalancer } from './own-balancer.ts';

const clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  sleep: async (ms: number, signal: AbortSignal) => void (await sleep(ms, undefined, { signal })),
};
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

let balancer: OwnBalancer;
let folder: string;
let laboratory: LocalLaboratory;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringmaster-runs-'));
  balancer = await startOwnBalancer(
    { placement: 'balanced', replicas: 3, key: 'request' },
    new AbortController().signal,
  );
  laboratory = laboratoryOf(folder);
});

afterAll(async () => {
  await laboratory.close();
  await balancer.stop();
  await rm(folder, { recursive: true, force: true });
});

function laboratoryOf(runs: string): LocalLaboratory {
  const { origin } = balancer;
  const schedulesFile = join(runs, 'schedules', 'list.json');
  const freezer = processFreezer();
  return new LocalLaboratory({ origin, token: undefined, folder: runs, schedulesFile, freezer, clock, log: silent });
}

/** Starts an experiment and waits for its end. */
async function conduct(request: object): Promise<{ run: Run; messages: RunMessage[] }> {
  const started = laboratory.start(experimentRequest.parse(request));
  if (!started.ok) throw new Error(started.refusal.message);
  const messages: RunMessage[] = [];
  await new Promise<void>((resolve) => {
    laboratory.watch(started.value.id, (message) => {
      messages.push(message);
      if (message.type === 'finished') resolve();
    });
  });
  const run = await laboratory.run(started.value.id);
  if (!run) throw new Error('the run was not kept');
  if (run.status !== 'done') throw new Error(`${run.status}: ${run.summary}`);
  return { run, messages };
}

function counts(replicas: readonly (readonly [string, number])[]): number[] {
  return replicas.map(([, count]) => count);
}

test('10,000 requests of A-1 lose nothing, and fall as the simulation says', async () => {
  const { run, messages } = await conduct({ kind: 'a1' });
  if (run.result?.kind !== 'a1') throw new Error('no result');
  const { measured, simulated } = run.result;
  expect(measured.durationMs).toBeGreaterThan(0);
  expect(measured.failed).toBe(0);
  expect(spreadOf(counts(measured.replicas))).toMatchObject({ total: 10_000 });
  expect(spreadOf(counts(measured.replicas)).peakToMean).toBeLessThan(1.01);
  expect(spreadOf(counts(simulated.replicas)).peakToMean).toBeLessThan(1.01);
  expect(messages.some((message) => message.type === 'progress')).toBe(true);
  expect(run.environment).toMatchObject({ placement: 'balanced', runtime: 'process', cores: expect.any(Number) });
}, 120_000);

test('A-2 measures each size and leaves the fleet as it was', async () => {
  const { run } = await conduct({ kind: 'a2', requests: 1000, simulated: 10_000 });
  if (run.result?.kind !== 'a2') throw new Error('no result');
  expect(run.result.measured.map((step) => step.n)).toEqual([2, 3, 4, 5, 6]);
  for (const step of run.result.measured) {
    expect(spreadOf(counts(step.replicas)).total).toBe(1000);
    expect(step.failed).toBe(0);
  }
  expect((await balancer.client.list()).message.replicas).toEqual(['S1', 'S2', 'S3']);
});

test('A-3 finds every endpoint as the contract has it, and no request lost when a replica is killed', async () => {
  const { run } = await conduct({ kind: 'a3', perSecond: 200, backWithinMs: 5000 });
  if (run.result?.kind !== 'a3') throw new Error('no result');
  expect(run.result.checks.filter((check) => !check.ok)).toEqual([]);
  expect(run.result.kill.rounds[0]?.lost).toBe(0);
  expect(run.pass).toBe(true);
});

test('A-4 measures what it simulates: the same keys fall on the same replicas', async () => {
  const { run } = await conduct({
    kind: 'a4',
    counts: [2, 3],
    requests: 2000,
    schemes: [{ kind: 'ring', placement: 'hashed' }, { kind: 'ring', placement: 'classic-linear' }, { kind: 'maglev' }],
    custom: [{ request: '5i + 3', virtualNode: '57i + 31j' }],
    measuredCounts: [2, 3],
  });
  if (run.result?.kind !== 'a4') throw new Error('no result');
  const [hashed, classic, maglev, custom] = run.result.series;
  for (const [at, step] of (hashed?.measured ?? []).entries()) {
    expect(counts(step.replicas)).toEqual(hashed?.simulated[at]?.counts);
  }
  expect(classic).toMatchObject({ reachedSlots: 87 });
  expect(spreadOf(counts(classic?.measured[1]?.replicas ?? [])).peakToMean).toBeGreaterThan(2);
  expect(maglev?.measured).toEqual([]);
  expect(custom).toMatchObject({ label: 'H=5i + 3, Φ=57i + 31j, linear', reachedSlots: 512 });
}, 240_000);

test.each(FAULTS)('the kill demo with %s sees it through and finds the fleet well again', async (fault) => {
  const { run } = await conduct({ kind: 'kill', fault, perSecond: 100, backWithinMs: 20_000, maxLost: 1000 });
  if (run.result?.kind !== 'kill') throw new Error('no result');
  const [round] = run.result.kill.rounds;
  expect(round).toMatchObject({ fault, pass: true, servingMs: expect.any(Number) });
  expect(round?.frames.some((frame) => frame.atMs > (round.faultAtMs ?? 0))).toBe(true);
  expect((await balancer.client.replicas()).every((replica) => replica.status === 'serving')).toBe(true);
});

test('a repeated kill is judged as a whole', async () => {
  const { run } = await conduct({ kind: 'kill', perSecond: 100, repeat: 2, backWithinMs: 10 });
  if (run.result?.kind !== 'kill') throw new Error('no result');
  expect(run.result.kill.hypothesis).toMatchObject({ pass: false, passed: 0, rounds: 2 });
  expect(run.pass).toBe(false);
});

test('a load runs by itself, and a second one is refused meanwhile', async () => {
  const load = { requests: null, durationMs: 60_000, pace: { kind: 'rate', perSecond: 50 } };
  const started = laboratory.start(experimentRequest.parse({ kind: 'load', load }));
  if (!started.ok) throw new Error(started.refusal.message);
  expect(laboratory.start(experimentRequest.parse({ kind: 'a1' }))).toMatchObject({
    ok: false,
    refusal: { code: 'conflict' },
  });
  expect(await laboratory.remove(started.value.id)).toMatchObject({ ok: false });
  await new Promise<void>((resolve) => {
    laboratory.watch(started.value.id, ({ type, data }) => {
      if (type === 'progress' && data.requests > 10) resolve();
    });
  });
  expect(await laboratory.cancel(started.value.id)).toMatchObject({ ok: true, value: { status: 'cancelled' } });
  const run = await laboratory.run(started.value.id);
  expect(run?.result).toMatchObject({ kind: 'load', load: { stoppedBy: 'cancelled', failed: 0 } });
});

test('an experiment that is cancelled leaves the fleet as it was and keeps no result', async () => {
  const started = laboratory.start(experimentRequest.parse({ kind: 'a2', requests: 100_000 }));
  if (!started.ok) throw new Error(started.refusal.message);
  await new Promise<void>((resolve) => {
    laboratory.watch(started.value.id, ({ type, data }) => {
      if (type === 'progress' && data.requests > 100) resolve();
    });
  });
  expect(await laboratory.cancel(started.value.id)).toMatchObject({ value: { status: 'cancelled' } });
  expect((await balancer.client.list()).message.replicas).toEqual(['S1', 'S2', 'S3']);
  expect((await laboratory.run(started.value.id))?.result).toBeNull();
});

test('runs are kept for the next laboratory, drawn, reported, and removed', async () => {
  const next = laboratoryOf(folder);
  const runs = await next.runs();
  expect(runs.length).toBeGreaterThan(8);
  const starts = runs.map((head) => head.startedAt);
  expect(starts).toEqual(starts.toSorted((a, b) => b - a));
  for (const head of runs) {
    const run = await next.run(head.id);
    if (!run) throw new Error(`${head.id} cannot be read`);
    if (run.result) expect(figuresOf(run).length).toBeGreaterThan(0);
    expect(reportHtml([run])).toContain(head.id);
  }
  const [newest] = runs;
  expect(await next.remove(newest?.id ?? '')).toMatchObject({ ok: true });
  expect(await next.run(newest?.id ?? '')).toBeNull();
});
