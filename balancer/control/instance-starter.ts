import { isLooping, NO_STARTS, recordEnd, recordStart, type StartHistory, startDelayMs } from '../core/crash-loop.ts';
import { messageOf } from '../core/log.ts';
import type { Instance, InstanceSpec } from '../core/ports.ts';
import { RuntimeError } from '../core/runtime-error.ts';
import type { SeatState } from '../core/seat-state.ts';
import { withDeadline } from './deadline.ts';
import type { SeatParts } from './seat-parts.ts';

export interface StarterEvents {
  readonly onState: (state: SeatState) => void;
  readonly onFailure: (error: unknown) => void;
}

const DISPOSE_LIMIT_MS = 20_000;
const UNREACHABLE_PAUSE_MS = 1_000;

/** Starts a seat's instances, as soon as may be: at once after a first failure, ever later in a crash loop. */
export class InstanceStarter {
  readonly #parts: SeatParts;
  readonly #spec: InstanceSpec;
  readonly #events: StarterEvents;
  #history: StartHistory = NO_STARTS;
  #started = 0;
  #leftBehind: string[] = [];

  constructor(parts: SeatParts, spec: InstanceSpec, events: StarterEvents) {
    this.#parts = parts;
    this.#spec = { name: spec.name, seat: spec.seat };
    this.#events = events;
  }

  /** Instances that ran in the seat. */
  get started(): number {
    return this.#started;
  }

  countAdopted(): void {
    this.#started++;
  }

  /** `servedMs`: how long the instance had served; 0 when it never did. */
  recordEnd(servedMs: number): void {
    this.#history = recordEnd(this.#history, servedMs);
  }

  /** An exited instance; it is removed when its successor runs, for that is more urgent. */
  leaveBehind(id: string): void {
    this.#leftBehind.push(id);
  }

  /** Resolves when an instance runs. Rejects only when aborted. */
  async start(replaces: string | null, signal: AbortSignal): Promise<Instance> {
    for (;;) {
      await this.#waitForTurn(replaces, signal);
      const instance = await this.#tryOnce(replaces, signal);
      if (instance !== null) return instance;
      signal.throwIfAborted();
    }
  }

  /** The same instance stopped and started again; null when that failed and a new one has to be started. */
  async restart(instance: Instance, signal: AbortSignal): Promise<Instance | null> {
    const { runtime, policy, log } = this.#parts;
    const limit = { ms: policy.startTimeoutMs + policy.stopGraceMs, what: 'restarting' };
    try {
      const again = await withDeadline(this.#parts.clock, limit, signal, (limited) =>
        runtime.restart(instance.id, policy.stopGraceMs, limited),
      );
      this.#started++;
      return again;
    } catch (error) {
      signal.throwIfAborted();
      log.warn({ replica: this.#spec.name, error: messageOf(error) }, 'restart failed, starting a new instance');
      this.leaveBehind(instance.id);
      return null;
    }
  }

  /** Stops an instance (SIGTERM and `graceMs`; 0 kills it) and removes it. Never rejects. */
  async dispose(instance: Instance, graceMs: number): Promise<void> {
    const { runtime, clock, log } = this.#parts;
    const never = new AbortController().signal;
    const limit = { ms: graceMs + DISPOSE_LIMIT_MS, what: 'stopping' };
    try {
      await withDeadline(clock, limit, never, async (signal) => {
        if (graceMs > 0) await runtime.stop(instance.id, graceMs, signal);
        await runtime.remove(instance.id, signal);
      });
    } catch (error) {
      log.warn({ replica: this.#spec.name, id: instance.id, error: messageOf(error) }, 'could not be removed');
    }
  }

  async #waitForTurn(replaces: string | null, signal: AbortSignal): Promise<void> {
    const { clock, random, journal } = this.#parts;
    const delay = startDelayMs(this.#history, clock.now(), random);
    if (delay <= 0) return;
    const looping = isLooping(this.#history);
    const reason = `${replaces ?? 'start failed'}; ${this.#history.crashes} in a row, next start in ${(delay / 1000).toFixed(1)} s`;
    this.#events.onState({ kind: 'waiting', reason, looping });
    const replica = this.#spec;
    if (looping) journal.write({ kind: 'crash-looping', severity: 'critical', message: reason, replica });
    await clock.sleep(delay, signal);
  }

  async #tryOnce(replaces: string | null, signal: AbortSignal): Promise<Instance | null> {
    const { clock, runtime, policy, journal } = this.#parts;
    this.#events.onState({ kind: 'starting', replaces });
    const limit = { ms: policy.startTimeoutMs, what: 'starting' };
    const startedAt = clock.now();
    try {
      const starting = withDeadline(clock, limit, signal, (limited) => runtime.start(this.#spec, limited));
      journal.write({
        kind: 'instance-starting',
        severity: 'info',
        message: 'starting an instance',
        replica: this.#spec,
      });
      const instance = await starting;
      this.#started++;
      this.#history = recordStart(this.#history, startedAt);
      journal.write({ kind: 'instance-started', severity: 'info', message: 'an instance runs', replica: this.#spec });
      this.#cleanUp(signal);
      return instance;
    } catch (error) {
      signal.throwIfAborted();
      await this.#failed(error, signal);
      return null;
    }
  }

  async #failed(error: unknown, signal: AbortSignal): Promise<void> {
    const { journal, host, clock } = this.#parts;
    const message = messageOf(error);
    this.#events.onFailure(error);
    journal.write({ kind: 'start-failed', severity: 'critical', message, replica: this.#spec });
    if (error instanceof RuntimeError && error.code === 'unreachable') {
      // Not the replica's fault, so it does not count as a crash; and no storm: one try a second at most.
      this.#events.onState({ kind: 'waiting', reason: message, looping: false });
      await host.runtimeBack(UNREACHABLE_PAUSE_MS, signal);
      return;
    }
    this.#history = recordEnd(recordStart(this.#history, clock.now()), 0);
  }

  #cleanUp(signal: AbortSignal): void {
    const { runtime, log } = this.#parts;
    const ids = this.#leftBehind;
    this.#leftBehind = [];
    for (const id of ids) {
      runtime.remove(id, signal).catch((error) => log.debug({ id, error: messageOf(error) }, 'left behind'));
    }
  }
}
