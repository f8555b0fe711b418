import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Instance, InstanceSpec, LogLine, LogQuery, Runtime, RuntimeEvent } from '../../../core/ports.ts';
import type { Resources } from '../../../core/resources.ts';
import { RuntimeError } from '../../../core/runtime-error.ts';
import { pause, untilAborted } from '../waiting.ts';
import { type ProcessCommand, replicaEnvironment } from './command.ts';
import { findFreePort, isFree } from './free-port.ts';
import { linuxProcessTable } from './proc-files.ts';
import type { ProcessInstance } from './process-instance.ts';
import { ProcessRegistry } from './process-registry.ts';
import type { ProcessTable } from './process-table.ts';
import { psProcessTable } from './ps-command.ts';
import { describeEnd, spawnReplica } from './spawn-replica.ts';
import { UsageMeter } from './usage-meter.ts';

export interface ProcessRuntimeOptions {
  readonly command: ProcessCommand;
  /** Given to every replica beside PORT and SERVER_ID. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where records and output are kept; a balancer started with the same folder and fleet adopts what runs. */
  readonly stateFolder: string;
  /** Tells the replicas of several balancers apart. */
  readonly fleet: string;
}

/** How soon the end of an adopted process is noticed; our own children report theirs at once. */
const INSPECT_EVERY_MS = 100;
/** How often output is read while nobody follows it: the accuracy of its times. */
const READ_LOGS_EVERY_MS = 500;
const FOLLOW_LOGS_EVERY_MS = 100;
const KILL_LIMIT_MS = 5_000;
const SETTLE_EVERY_MS = 2;
const SETTLE_TRIES = 100;

/** Replicas are child processes on free loopback ports. They outlive the balancer and are adopted by the next one. */
export class ProcessRuntime implements Runtime {
  readonly kind = 'process';
  readonly abilities = {
    lifecycle: true,
    pause: process.platform !== 'win32',
    standby: false,
    logs: true,
    stats: true,
  };
  readonly detail: string;
  readonly #options: ProcessRuntimeOptions;
  readonly #registry: ProcessRegistry;
  readonly #table: ProcessTable;
  readonly #usage: UsageMeter;
  /** Names and ports of starts under way. */
  readonly #names = new Set<string>();
  readonly #ports = new Set<number>();
  #timers: readonly NodeJS.Timeout[] = [];

  constructor(options: ProcessRuntimeOptions) {
    this.#options = options;
    this.#table = process.platform === 'linux' ? linuxProcessTable() : psProcessTable();
    this.#registry = new ProcessRegistry(join(options.stateFolder, 'instances'), options.fleet, this.#table);
    this.#usage = new UsageMeter(this.#table);
    this.detail = `child processes of "${options.command.origin}" on loopback ports`;
  }

  async prepare(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#registry.folder.create();
    this.#startTimers();
  }

  async start(spec: InstanceSpec, signal: AbortSignal): Promise<Instance> {
    if (spec.standby === true) throw noStandby();
    await this.prepare(signal);
    await this.#registry.refresh();
    signal.throwIfAborted();
    this.#clearName(spec.name);
    this.#names.add(spec.name);
    try {
      return await this.#launch(spec, signal);
    } finally {
      this.#names.delete(spec.name);
    }
  }

  async stop(id: string, graceMs: number, signal: AbortSignal): Promise<void> {
    const instance = await this.#registry.get(id);
    if (instance.state === 'exited') return;
    instance.signal('SIGTERM');
    // A stopped process takes no notice of SIGTERM until it goes on.
    if (instance.state === 'paused') instance.signal('SIGCONT');
    if (await this.#ended(instance, graceMs, signal)) return;
    await this.#killAndWait(instance, signal);
  }

  async kill(id: string, signal: AbortSignal): Promise<void> {
    const instance = await this.#living(id, signal);
    instance.signal('SIGKILL');
  }

  async pause(id: string, signal: AbortSignal): Promise<void> {
    const instance = await this.#living(id, signal);
    if (!this.abilities.pause) throw new RuntimeError('unsupported', 'Processes cannot be paused on this system');
    if (instance.state === 'paused') throw new RuntimeError('conflict', `${instance.record.name} is paused already`);
    await this.#settle(instance, 'SIGSTOP', true, signal);
  }

  async unpause(id: string, signal: AbortSignal): Promise<void> {
    const instance = await this.#living(id, signal);
    if (instance.state !== 'paused') throw new RuntimeError('conflict', `${instance.record.name} is not paused`);
    await this.#settle(instance, 'SIGCONT', false, signal);
  }

  async promote(): Promise<Instance> {
    throw noStandby();
  }

  async restart(id: string, graceMs: number, signal: AbortSignal): Promise<Instance> {
    const instance = await this.#registry.get(id);
    instance.restarting = true;
    try {
      await this.stop(id, graceMs, signal);
      await this.#runAgain(instance);
    } finally {
      instance.restarting = false;
    }
    this.#registry.markStarted(instance);
    return instance.view();
  }

  async remove(id: string, signal: AbortSignal): Promise<void> {
    const instance = await this.#registry.get(id).catch(() => null);
    if (instance === null) return;
    await this.#killAndWait(instance, signal);
    this.#registry.delete(id);
  }

  async list(signal: AbortSignal): Promise<readonly Instance[]> {
    signal.throwIfAborted();
    this.#startTimers();
    await this.#registry.refresh();
    return this.#registry.all().map((instance) => instance.view());
  }

  async watch(onEvent: (event: RuntimeEvent) => void, signal: AbortSignal): Promise<void> {
    this.#startTimers();
    const end = this.#registry.listen(onEvent);
    await untilAborted(signal);
    end();
  }

  async *logs(id: string, query: LogQuery, signal: AbortSignal): AsyncIterable<LogLine> {
    const instance = await this.#registry.get(id);
    instance.logs.pull(Date.now());
    let position = instance.logs.positionOfTail(query.tail);
    for (;;) {
      const ended = instance.state === 'exited';
      instance.logs.pull(Date.now());
      const { lines, next } = instance.logs.from(position);
      position = next;
      yield* lines;
      if (!query.follow || ended || signal.aborted) return;
      await pause(FOLLOW_LOGS_EVERY_MS, signal);
    }
  }

  async *stats(id: string, signal: AbortSignal): AsyncIterable<Resources> {
    const instance = await this.#registry.get(id);
    yield* this.#usage.samples(() => (instance.state === 'exited' ? null : instance.record.pid), signal);
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
  }

  #startTimers(): void {
    if (this.#timers.length > 0) return;
    const inspect = setInterval(() => {
      this.#registry.inspect().catch(() => {});
    }, INSPECT_EVERY_MS);
    const read = setInterval(() => {
      for (const instance of this.#registry.all()) instance.logs.pull(Date.now());
    }, READ_LOGS_EVERY_MS);
    this.#timers = [inspect.unref(), read.unref()];
  }

  /** An ended instance gives up its name; a living one keeps it. */
  #clearName(name: string): void {
    const holders = this.#registry.all().filter(({ record }) => record.name === name);
    if (this.#names.has(name) || holders.some(({ state }) => state !== 'exited')) {
      throw new RuntimeError('name-taken', `A replica named ${name} runs already`);
    }
    for (const instance of holders) {
      this.#registry.update(instance, { name: `${name}.old-${instance.record.id.slice(0, 8)}` });
    }
  }

  async #launch(spec: InstanceSpec, signal: AbortSignal): Promise<Instance> {
    const { fleet, command } = this.#options;
    const id = randomUUID();
    const instance = await this.#withPort(null, async (port) => {
      const child = await this.#spawn(id, spec.name, port).catch((error) => {
        this.#registry.delete(id);
        throw error;
      });
      const process = { pid: child.pid, identity: 'unknown', port, startedAt: Date.now() };
      const added = this.#registry.add({ ...process, ...spec, id, fleet, origin: command.origin });
      await this.#follow(added, child);
      return added;
    });
    if (signal.aborted) {
      await this.remove(id, new AbortController().signal);
      throw signal.reason;
    }
    this.#registry.markStarted(instance);
    return instance.view();
  }

  #runAgain(instance: ProcessInstance): Promise<void> {
    return this.#withPort(instance.record.port, async (port) => {
      const child = await this.#spawn(instance.record.id, instance.record.name, port);
      this.#registry.update(instance, { pid: child.pid, identity: 'unknown', port, startedAt: Date.now() });
      await this.#follow(instance, child);
    });
  }

  #spawn(id: string, name: string, port: number): ReturnType<typeof spawnReplica> {
    const { command, environment } = this.#options;
    const folder = this.#registry.folder;
    const paths = { stdout: folder.logPath(id, 'stdout'), stderr: folder.logPath(id, 'stderr') };
    return spawnReplica(command, replicaEnvironment(process.env, command, environment, { name, port }), paths);
  }

  async #follow(instance: ProcessInstance, child: Awaited<ReturnType<typeof spawnReplica>>): Promise<void> {
    instance.begin('running', true);
    child.on('exit', (code, signal) => this.#registry.markExited(instance, describeEnd(code, signal)));
    const sight = (await this.#table.look([child.pid])).get(child.pid);
    this.#registry.update(instance, { identity: sight?.identity ?? 'gone' });
  }

  /** `wanted` if it is free, else another; nobody else gets it while the action lasts. */
  async #withPort<T>(wanted: number | null, action: (port: number) => Promise<T>): Promise<T> {
    const taken = new Set([...this.#ports, ...this.#registry.all().map(({ record }) => record.port)]);
    const port = wanted !== null && (await isFree(wanted)) ? wanted : await findFreePort(taken, this.#ports);
    try {
      return await action(port);
    } finally {
      this.#ports.delete(port);
    }
  }

  async #living(id: string, signal: AbortSignal): Promise<ProcessInstance> {
    signal.throwIfAborted();
    const instance = await this.#registry.get(id);
    if (instance.state === 'exited') throw new RuntimeError('conflict', `${instance.record.name} has exited`);
    return instance;
  }

  /** The system takes a moment to stop a process: until then its state would be reported wrong. */
  async #settle(instance: ProcessInstance, name: NodeJS.Signals, paused: boolean, signal: AbortSignal): Promise<void> {
    const { pid } = instance.record;
    instance.signal(name);
    for (let tries = 0; tries < SETTLE_TRIES; tries++) {
      if ((await this.#table.look([pid])).get(pid)?.paused === paused) break;
      await pause(SETTLE_EVERY_MS, signal);
    }
    this.#registry.markPaused(instance, paused);
  }

  async #killAndWait(instance: ProcessInstance, signal: AbortSignal): Promise<void> {
    if (instance.state === 'exited') return;
    instance.signal('SIGKILL');
    if (await this.#ended(instance, KILL_LIMIT_MS, signal)) return;
    throw new RuntimeError('conflict', `${instance.record.name} (pid ${instance.record.pid}) does not die`);
  }

  async #ended(instance: ProcessInstance, limitMs: number, signal: AbortSignal): Promise<boolean> {
    const waiting = new AbortController();
    const limit = AbortSignal.any([signal, waiting.signal]);
    await Promise.race([instance.exited, pause(limitMs, limit)]);
    waiting.abort();
    signal.throwIfAborted();
    return instance.state === 'exited';
  }
}

/** A process is there in a tenth of a second: a spare would cost its memory and gain next to nothing. */
function noStandby(): RuntimeError {
  return new RuntimeError('unsupported', 'Processes have no standby');
}
