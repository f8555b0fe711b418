import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { accepted, type Result, refused } from '../../lib/api/errors.ts';
import type { RunHead } from '../../lib/lab/run.ts';
import { nextMoment, type Schedule, type ScheduleRequest, schedulesPage } from '../../lib/lab/schedule.ts';
import type { Laboratory, Schedules } from '../core/lab.ts';
import { type Log, messageOf } from '../core/log.ts';
import type { Clock } from '../core/ports.ts';

/** How often it looks; also what a run waits for that found another one running. */
const LOOK_MS = 250;
const MOST = 20;

export interface SchedulerOptions {
  readonly laboratory: Pick<Laboratory, 'start' | 'watch'>;
  /** Where schedules are kept. */
  readonly file: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Starts what is due, one after another, and keeps count of how it went. It has to be closed. */
export class Scheduler implements Schedules {
  readonly #options: SchedulerOptions;
  readonly #stop = new AbortController();
  readonly #ready: Promise<void>;
  readonly #ended: Promise<void>;
  #schedules: readonly Schedule[] = [];

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#ready = this.#resume();
    this.#ended = this.#ready.then(() => this.#run());
  }

  list(): readonly Schedule[] {
    return this.#schedules;
  }

  async add(request: ScheduleRequest): Promise<Result<Schedule>> {
    await this.#ready;
    if (this.#schedules.length >= MOST) return refused('conflict', `There are ${MOST} schedules already`);
    const now = this.#options.clock.wallTime();
    const id = randomBytes(4).toString('hex');
    const added = { ...request, id, createdAt: now, nextAt: now + request.everyMs, runs: 0, passed: 0, lastRun: null };
    await this.#replace([...this.#schedules, added]);
    return accepted(added);
  }

  async remove(id: string): Promise<Result<null>> {
    await this.#ready;
    const left = this.#schedules.filter((one) => one.id !== id);
    if (left.length === this.#schedules.length) return refused('not-found', `There is no schedule ${id}`);
    await this.#replace(left);
    return accepted(null);
  }

  async close(): Promise<void> {
    this.#stop.abort(new Error('the balancer stops'));
    await this.#ended;
  }

  async #resume(): Promise<void> {
    const now = this.#options.clock.wallTime();
    this.#schedules = (await this.#read()).map((one) => ({ ...one, nextAt: nextMoment(one, now) }));
  }

  async #run(): Promise<void> {
    const { clock } = this.#options;
    while (!this.#stop.signal.aborted) {
      const due = this.#schedules.find((one) => one.nextAt <= clock.wallTime());
      const head = due ? await this.#conduct(due) : null;
      if (due && head) await this.#count(due.id, head);
      else await clock.sleep(LOOK_MS, this.#stop.signal).catch(() => undefined);
    }
  }

  /** Resolves with how it ended; null when it could not start. */
  #conduct({ request }: Schedule): Promise<RunHead | null> {
    const { laboratory } = this.#options;
    const started = laboratory.start(request);
    if (!started.ok) return Promise.resolve(null);
    return new Promise((resolve) => {
      const watching = laboratory.watch(started.value.id, (message) => {
        if (message.type === 'finished') resolve(message.data);
      });
      if (watching === null) resolve(null);
    });
  }

  /** It may have been removed while it ran. */
  async #count(id: string, head: RunHead): Promise<void> {
    const now = this.#options.clock.wallTime();
    const isWell = head.status === 'done' && head.pass !== false;
    const counted = this.#schedules.map((one) =>
      one.id === id
        ? {
            ...one,
            nextAt: nextMoment(one, now),
            runs: one.runs + 1,
            passed: one.passed + Number(isWell),
            lastRun: head.id,
          }
        : one,
    );
    await this.#replace(counted.filter((one) => one.times === null || one.runs < one.times));
  }

  async #replace(schedules: readonly Schedule[]): Promise<void> {
    this.#schedules = schedules;
    const { file, log } = this.#options;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(`${file}.part`, `${JSON.stringify({ schedules })}\n`);
      await rename(`${file}.part`, file);
    } catch (error) {
      log.warn({ error: messageOf(error) }, 'the schedules could not be saved');
    }
  }

  /** Nothing where nothing is kept, or nothing that can be read. */
  async #read(): Promise<readonly Schedule[]> {
    const { file, log } = this.#options;
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) return [];
    try {
      return schedulesPage.parse(JSON.parse(text)).schedules;
    } catch (error) {
      log.warn({ file, error: messageOf(error) }, 'the schedules cannot be read, and are forgotten');
      return [];
    }
  }
}
