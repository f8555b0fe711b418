import type {
  Address,
  HealthProbe,
  Instance,
  InstanceSpec,
  LogLine,
  LogQuery,
  ProbeResult,
  Runtime,
  RuntimeEvent,
} from '../../core/ports.ts';
import type { Resources } from '../../core/resources.ts';
import { RuntimeError, type RuntimeErrorCode } from '../../core/runtime-error.ts';
import type { FakeClock } from '../../testing/fake-clock.ts';

/** How an instance's program behaves. */
export interface Behaviour {
  /** From its start to its first good heartbeat, ms. */
  readonly bootMs: number;
  /** Exits by itself after so long, ms; null: never. */
  readonly exitAfterMs: number | null;
}

const WELL: Behaviour = { bootMs: 0, exitAfterMs: null };
const never = new AbortController().signal;

/** Instances that exist in memory only, with everything that can go wrong with them. */
export class FakeRuntime implements Runtime {
  readonly kind = 'process';
  readonly abilities;
  readonly detail = 'a fake';
  /** Ids of the instances that were started, in order. */
  readonly started: string[] = [];
  readonly removed: string[] = [];
  behaviour: Behaviour = WELL;
  /** How long it takes to wake a spare, ms. */
  promoteMs = 20;
  /** Makes `start` fail with this. */
  startError: RuntimeErrorCode | null = null;
  /** Names that something outside the fleet holds. */
  readonly foreignNames = new Set<string>();
  readonly hung = new Set<string>();
  /** Answers probes with this reason. */
  readonly unwell = new Map<string, string>();
  /** By instance. */
  readonly printed = new Map<string, readonly LogLine[]>();
  readonly #clock: FakeClock;
  readonly #instances = new Map<string, Instance>();
  readonly #healthyAt = new Map<string, number>();
  #onEvent: (event: RuntimeEvent) => void = () => undefined;
  #count = 0;

  constructor(clock: FakeClock, lifecycle = true) {
    this.#clock = clock;
    this.abilities = { lifecycle, pause: true, standby: true, logs: true, stats: false };
  }

  get running(): readonly Instance[] {
    return [...this.#instances.values()].filter(({ state }) => state !== 'exited');
  }

  emit(event: RuntimeEvent): void {
    this.#onEvent(event);
  }

  /** The instance of this name that runs now. */
  named(name: string): Instance {
    const found = this.running.find((instance) => instance.name === name && !instance.standby);
    if (found === undefined) throw new Error(`no instance of ${name} runs`);
    return found;
  }

  /** The spare of this name; undefined while there is none. */
  standbyOf(name: string): Instance | undefined {
    return this.running.find((instance) => instance.name === name && instance.standby);
  }

  /** It dies; `silently`: no event tells of it. */
  die(id: string, reason = 'exited (137)', silently = false): void {
    const instance = this.#instances.get(id);
    if (instance === undefined || instance.state === 'exited') return;
    this.#instances.set(id, { ...instance, state: 'exited' });
    if (!silently) this.#onEvent({ kind: 'exited', id, name: instance.name, reason });
  }

  markPaused(id: string): void {
    const instance = this.#instances.get(id);
    if (instance !== undefined) this.#instances.set(id, { ...instance, state: 'paused' });
  }

  async prepare(): Promise<void> {}

  async start(spec: InstanceSpec, signal: AbortSignal): Promise<Instance> {
    signal.throwIfAborted();
    if (this.startError !== null) throw new RuntimeError(this.startError, `cannot start: ${this.startError}`);
    const holder = this.running.some(({ name, standby }) => name === spec.name && !standby);
    if (spec.standby === true) return this.insert(spec);
    if (holder || this.foreignNames.has(spec.name)) throw new RuntimeError('name-taken', `${spec.name} is taken`);
    return this.insert(spec);
  }

  /** An instance that is there without having been asked for: from an earlier balancer. */
  insert(spec: InstanceSpec): Instance {
    const id = `i${++this.#count}`;
    const { bootMs, exitAfterMs } = this.behaviour;
    const instance: Instance = {
      id,
      name: spec.name,
      seat: spec.seat,
      standby: spec.standby ?? false,
      address: { host: id, port: 1 },
      state: 'running',
      origin: 'fake',
      pid: null,
      startedAt: this.#clock.wallTime(),
    };
    this.#instances.set(id, instance);
    this.#healthyAt.set(id, this.#clock.now() + bootMs);
    this.started.push(id);
    if (exitAfterMs !== null) void this.#clock.sleep(exitAfterMs, never).then(() => this.die(id, 'exited (1)'));
    return instance;
  }

  async stop(id: string): Promise<void> {
    this.die(id, 'stopped');
  }

  async kill(id: string): Promise<void> {
    this.die(id, 'killed by SIGKILL');
  }

  async pause(id: string): Promise<void> {
    this.hung.add(id);
  }

  async unpause(id: string): Promise<void> {
    this.hung.delete(id);
  }

  async promote(id: string, signal: AbortSignal): Promise<Instance> {
    await this.#clock.sleep(this.promoteMs, signal);
    const instance = this.#instances.get(id);
    if (instance === undefined || instance.state === 'exited') throw new RuntimeError('conflict', 'it does not run');
    this.hung.delete(id);
    const promoted: Instance = { ...instance, state: 'running', standby: false };
    this.#instances.set(id, promoted);
    return promoted;
  }

  async restart(id: string): Promise<Instance> {
    const instance = this.#instances.get(id);
    if (instance === undefined) throw new RuntimeError('not-found', 'no such instance');
    return instance;
  }

  async remove(id: string): Promise<void> {
    this.die(id, 'removed', true);
    this.#instances.delete(id);
    this.removed.push(id);
  }

  async list(): Promise<readonly Instance[]> {
    return [...this.#instances.values()];
  }

  watch(onEvent: (event: RuntimeEvent) => void, signal: AbortSignal): Promise<void> {
    this.#onEvent = onEvent;
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  async *logs(id: string, { tail }: LogQuery): AsyncIterable<LogLine> {
    if (!this.#instances.has(id)) throw new RuntimeError('not-found', 'no such instance');
    yield* (this.printed.get(id) ?? []).slice(-tail);
  }

  async *stats(): AsyncIterable<Resources> {}

  async close(): Promise<void> {}

  /** What a probe of an address finds; null: nothing comes back. */
  answer(address: Address): ProbeResult | null {
    const instance = this.#instances.get(address.host);
    if (instance === undefined || instance.state === 'exited') return failed('connect ECONNREFUSED');
    if (this.hung.has(instance.id)) return null;
    if (this.#clock.now() < (this.#healthyAt.get(instance.id) ?? 0)) return failed('connect ECONNREFUSED');
    const reason = this.unwell.get(instance.id);
    return reason === undefined ? { ok: true, durationMs: 1 } : failed(reason);
  }
}

function failed(reason: string): ProbeResult {
  return { ok: false, durationMs: 1, reason };
}

const HUNG_LOOK_MS = 25;

/** Probes the instances of a FakeRuntime; each answer takes 1 ms. */
export class FakeProbe implements HealthProbe {
  readonly #runtime: FakeRuntime;
  readonly #clock: FakeClock;
  /** How long answers take, ms. */
  delayMs = 1;
  probes = 0;

  constructor(runtime: FakeRuntime, clock: FakeClock) {
    this.#runtime = runtime;
    this.#clock = clock;
  }

  async probe(address: Address, timeoutMs: number, signal: AbortSignal): Promise<ProbeResult> {
    this.probes++;
    const startedAt = this.#clock.now();
    await this.#clock.sleep(this.delayMs, signal);
    // What hangs answers when it goes on, as the kernel has taken the request meanwhile.
    while (this.#clock.now() - startedAt < timeoutMs) {
      const answer = this.#runtime.answer(address);
      if (answer !== null) return { ...answer, durationMs: this.#clock.now() - startedAt };
      await this.#clock.sleep(Math.min(HUNG_LOOK_MS, startedAt + timeoutMs - this.#clock.now()), signal);
    }
    return { ok: false, durationMs: timeoutMs, reason: `no answer in ${timeoutMs} ms` };
  }

  async close(): Promise<void> {}
}
