import { randomBytes } from 'node:crypto';
import { accepted, type Result, refused } from '../../lib/api/errors.ts';
import { createClient } from '../../lib/client/client.ts';
import { EXPERIMENT_TITLES, type ExperimentRequest } from '../../lib/lab/experiment.ts';
import type { LoadSpec, LoadSummary } from '../../lib/lab/load.ts';
import {
  type Run,
  type RunHead,
  type RunMessage,
  type RunProgress,
  type RunResult,
  runHead,
} from '../../lib/lab/run.ts';
import type { Laboratory } from '../core/lab.ts';
import { type Log, messageOf } from '../core/log.ts';
import type { Clock } from '../core/ports.ts';
import { environmentOf } from './environment.ts';
import type { Context, Subject } from './experiments/context.ts';
import type { Freezer } from './experiments/freezer.ts';
import { MEASURED_KEY } from './experiments/measured-key.ts';
import { type LoadHooks, runLoad } from './load/load-process.ts';
import { startOwnBalancer } from './own-balancer.ts';
import { RunStore } from './run-store.ts';
import { Scheduler } from './scheduler.ts';

export interface LaboratoryOptions {
  /** Where the balancer listens: `http://127.0.0.1:5000`. */
  readonly origin: string;
  readonly token: string | undefined;
  /** Folder of the runs. */
  readonly folder: string;
  /** Where schedules are kept. */
  readonly schedulesFile: string;
  /** Null where nothing can be frozen. */
  readonly freezer: Freezer | null;
  readonly clock: Clock;
  readonly log: Log;
}

interface Active {
  readonly run: Run;
  readonly stop: AbortController;
  readonly listeners: Set<(message: RunMessage) => void>;
  progress: RunProgress;
  /** Of the steps that are over. */
  found: RunResult | null;
  /** Resolves with the run as it was saved. */
  ended: Promise<Run>;
}

const NOTHING_YET: RunProgress = {
  ratio: 0,
  step: 'starting',
  requests: 0,
  failed: 0,
  replicas: [],
  frame: null,
  stopwatch: null,
};

/** Runs experiments against one balancer, through its own API, and keeps what they find. */
export class LocalLaboratory implements Laboratory {
  readonly #options: LaboratoryOptions;
  readonly #subject: Subject;
  readonly #store: RunStore;
  readonly schedules: Scheduler;
  #active: Active | null = null;

  constructor(options: LaboratoryOptions) {
    const { origin, token, folder } = options;
    this.#options = options;
    this.#store = new RunStore(folder);
    const { schedulesFile: file, clock, log } = options;
    this.schedules = new Scheduler({ laboratory: this, file, clock, log });
    const access = token === undefined ? {} : { token };
    this.#subject = {
      origin,
      client: createClient({ baseUrl: origin, actor: 'experiment', ...access }),
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    };
  }

  start(request: ExperimentRequest): Result<RunHead> {
    if (this.#active) {
      return refused(
        'conflict',
        `${EXPERIMENT_TITLES[this.#active.run.kind]} is running: cancel it or wait for its end`,
      );
    }
    const startedAt = this.#options.clock.wallTime();
    const run: Run = {
      id: runId(startedAt, request.kind),
      kind: request.kind,
      status: 'running',
      startedAt,
      finishedAt: null,
      summary: '',
      pass: null,
      request,
      environment: null,
      result: null,
    };
    const { promise, resolve } = Promise.withResolvers<Run>();
    const active: Active = {
      run,
      stop: new AbortController(),
      listeners: new Set(),
      progress: NOTHING_YET,
      found: null,
      ended: promise,
    };
    this.#active = active;
    void this.#conduct(active).then(resolve);
    return accepted(runHead.parse(run));
  }

  async runs(): Promise<readonly RunHead[]> {
    const saved = await this.#store.list();
    return this.#active ? [runHead.parse(this.#active.run), ...saved] : saved;
  }

  async run(id: string): Promise<Run | null> {
    return this.#active?.run.id === id ? this.#active.run : this.#store.read(id);
  }

  async cancel(id: string): Promise<Result<RunHead>> {
    const active = this.#active?.run.id === id ? this.#active : null;
    active?.stop.abort(new Error('cancelled'));
    const run = active ? await active.ended : await this.#store.read(id);
    return run ? accepted(runHead.parse(run)) : refused('not-found', `There is no run ${id}`);
  }

  async remove(id: string): Promise<Result<null>> {
    if (this.#active?.run.id === id) return refused('conflict', 'It is still running: cancel it first');
    return (await this.#store.remove(id)) ? accepted(null) : refused('not-found', `There is no run ${id}`);
  }

  watch(id: string, listener: (message: RunMessage) => void): (() => void) | null {
    const active = this.#active;
    if (active?.run.id !== id) return null;
    active.listeners.add(listener);
    listener({ type: 'progress', data: active.progress });
    if (active.found) listener({ type: 'found', data: active.found });
    return () => active.listeners.delete(listener);
  }

  async close(): Promise<void> {
    const active = this.#active;
    active?.stop.abort(new Error('the balancer stops'));
    await active?.ended;
    await this.schedules.close();
  }

  /** Never rejects: whatever goes wrong becomes the run's end. */
  async #conduct(active: Active): Promise<Run> {
    const end = await this.#attempt(active);
    const run: Run = { ...active.run, ...end, finishedAt: this.#options.clock.wallTime() };
    await this.#store
      .save(run)
      .catch((error) => this.#options.log.warn({ run: run.id, error: messageOf(error) }, 'a run could not be saved'));
    this.#active = null;
    tell(active, { type: 'finished', data: runHead.parse(run) });
    return run;
  }

  async #attempt(active: Active): Promise<Partial<Run>> {
    const { request } = active.run;
    let environment: Run['environment'] = null;
    try {
      environment = environmentOf(await this.#subject.client.state(active.stop.signal));
      const context = this.#context(active);
      // Loaded when somebody asks for one: with all it draws and compares it is a fifth of what there is to load.
      const { runExperiment } = await import('./experiments/run-experiment.ts');
      const outcome = await runExperiment(request, context, this.#options.freezer);
      // A load that is stopped has still found something.
      const status = active.stop.signal.aborted ? 'cancelled' : 'done';
      return { ...outcome, environment, status };
    } catch (error) {
      if (active.stop.signal.aborted)
        return { environment, status: 'cancelled', summary: 'cancelled', result: active.found };
      this.#options.log.warn({ run: active.run.id, error: messageOf(error) }, 'an experiment failed');
      return { environment, status: 'failed', summary: messageOf(error) };
    }
  }

  #context(active: Active): Context {
    const { signal } = active.stop;
    const { clock } = this.#options;
    return {
      subject: this.#subject,
      signal,
      step: (step, ratio) => update(active, { ...NOTHING_YET, step, ratio }),
      found: (result) => {
        active.found = result;
        tell(active, { type: 'found', data: result });
      },
      watch: (stopwatch) => update(active, { ...active.progress, stopwatch }),
      load: (origin, spec, stop, hooks) => this.#load(active, origin, spec, stop ?? signal, hooks ?? {}),
      startBalancer: (placement, replicas) => startOwnBalancer({ placement, replicas, key: MEASURED_KEY }, signal),
      sleep: (ms) => clock.sleep(ms, signal),
    };
  }

  #load(active: Active, origin: string, spec: LoadSpec, signal: AbortSignal, hooks: LoadHooks): Promise<LoadSummary> {
    const totals = new Map<string, number>();
    const onFrame: LoadHooks['onFrame'] = (frame, requests, failed) => {
      for (const [name, count] of frame.replicas) totals.set(name, (totals.get(name) ?? 0) + count);
      const ratio = active.run.kind === 'load' ? shareDone(spec, requests, frame.atMs) : active.progress.ratio;
      const shown = { ...frame, latencies: [] };
      update(active, { ...active.progress, ratio, requests, failed, replicas: [...totals], frame: shown });
    };
    return runLoad(origin, spec, { ...hooks, onFrame }, signal);
  }
}

function update(active: Active, progress: RunProgress): void {
  active.progress = progress;
  tell(active, { type: 'progress', data: progress });
}

function tell(active: Active, message: RunMessage): void {
  for (const listener of active.listeners) listener(message);
}

function shareDone(spec: LoadSpec, requests: number, atMs: number): number {
  const byCount = spec.requests === null ? 0 : requests / spec.requests;
  const byTime = spec.durationMs === null ? 0 : atMs / spec.durationMs;
  return Math.min(1, Math.max(byCount, byTime));
}

/** Sorts by time: `20261123-101500123-a1-3f9c`. */
function runId(wallTimeMs: number, kind: string): string {
  const digits = new Date(wallTimeMs).toISOString().replaceAll(/\D/g, '');
  return `${digits.slice(0, 8)}-${digits.slice(8, 17)}-${kind}-${randomBytes(2).toString('hex')}`;
}
