import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accepted, refused } from '../../lib/api/errors.ts';
import { experimentRequest } from '../../lib/lab/experiment.ts';
import type { RunHead, RunMessage } from '../../lib/lab/run.ts';
import { nextMoment, scheduleRequest } from '../../lib/lab/schedule.ts';
import { Scheduler } from './scheduler.ts';

const HOUR_MS = 3_600_000;
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Its sleeps end in a turn of the event loop, and take the time they were asked for. */
class QuickClock {
  wall = 1_000_000;
  now = (): number => this.wall;
  wallTime = (): number => this.wall;
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await new Promise((resolve) => setImmediate(resolve));
    this.wall += ms;
  }
}

/** Runs end as soon as they are watched. */
class QuickLaboratory {
  readonly clock: QuickClock;
  readonly startedAt: number[] = [];
  isBusy = false;
  pass = true;

  constructor(clock: QuickClock) {
    this.clock = clock;
  }

  start() {
    if (this.isBusy) return refused('conflict', 'busy');
    this.startedAt.push(this.clock.wall);
    return accepted({ id: `run-${this.startedAt.length}` } as RunHead);
  }

  watch(id: string, listener: (message: RunMessage) => void) {
    this.clock.wall += 500;
    listener({ type: 'finished', data: { id, status: 'done', pass: this.pass } as RunHead });
    return () => {};
  }
}

let folder: string;
let clock: QuickClock;
let laboratory: QuickLaboratory;
let scheduler: Scheduler;

function begin(): Scheduler {
  return new Scheduler({ laboratory, file: join(folder, 'state', 'schedules.json'), clock, log: silent });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringmaster-schedules-'));
  clock = new QuickClock();
  laboratory = new QuickLaboratory(clock);
  scheduler = begin();
});

afterEach(async () => {
  await scheduler.close();
  await rm(folder, { recursive: true, force: true });
});

const hourly = (times: number | null = null) =>
  scheduleRequest.parse({ request: experimentRequest.parse({ kind: 'kill' }), everyMs: HOUR_MS, times });

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

test('runs every hour, on the hour, and counts how it went', async () => {
  const added = await scheduler.add(hourly());
  if (!added.ok) throw new Error('refused');
  await until(() => laboratory.startedAt.length === 2);
  laboratory.pass = false;
  await until(() => scheduler.list()[0]?.runs === 3);
  const late = laboratory.startedAt.map((at, turn) => at - added.value.createdAt - (turn + 1) * HOUR_MS);
  expect(Math.max(...late)).toBeLessThan(1000);
  expect(scheduler.list()[0]).toMatchObject({ passed: 2, lastRun: 'run-3' });
});

test('ends by itself after as many times as were asked for', async () => {
  await scheduler.add(hourly(2));
  await until(() => scheduler.list().length === 0);
  expect(laboratory.startedAt).toHaveLength(2);
});

test('waits for what runs when it is due', async () => {
  laboratory.isBusy = true;
  await scheduler.add(hourly());
  await until(() => clock.wall > 1_000_000 + HOUR_MS + 10_000);
  expect(laboratory.startedAt).toEqual([]);
  laboratory.isBusy = false;
  await until(() => laboratory.startedAt.length === 1);
});

test('goes on after a restart, and makes up for nothing that was missed meanwhile', async () => {
  const added = await scheduler.add(hourly());
  if (!added.ok) throw new Error('refused');
  await scheduler.close();
  clock.wall += 5 * HOUR_MS;
  laboratory.startedAt.length = 0;
  scheduler = begin();
  await until(() => laboratory.startedAt.length === 1);
  expect(scheduler.list()[0]?.id).toBe(added.value.id);
  expect(laboratory.startedAt[0]).toBeGreaterThan(added.value.createdAt + 5 * HOUR_MS);
});

test('what was removed is not run again', async () => {
  const added = await scheduler.add(hourly());
  if (!added.ok) throw new Error('refused');
  expect(await scheduler.remove(added.value.id)).toMatchObject({ ok: true });
  expect(await scheduler.remove(added.value.id)).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
  await until(() => clock.wall > 1_000_000 + 2 * HOUR_MS);
  expect(laboratory.startedAt).toEqual([]);
});

test('a file that cannot be read is no reason not to start', async () => {
  await scheduler.add(hourly());
  await scheduler.close();
  await writeFile(join(folder, 'state', 'schedules.json'), '{"schedules":[{');
  scheduler = begin();
  await until(() => clock.wall > 1_000_000 + 2 * HOUR_MS);
  expect(scheduler.list()).toEqual([]);
});

test.each([
  [1000, 999, 1000],
  [1000, 1000, 1100],
  [1000, 1550, 1600],
])('the moment after %d at %d is %d, every 100', (nextAt, now, next) => {
  expect(nextMoment({ nextAt, everyMs: 100 }, now)).toBe(next);
});
