import { isLooping, NO_STARTS, recordEnd, recordStart, type StartHistory, startDelayMs } from '../core/crash-loop.ts';
import { type Health, TRUSTED, UNPROVEN } from '../core/health.ts';
import { messageOf } from '../core/log.ts';
import type { Instance, InstanceSpec } from '../core/ports.ts';
import { RuntimeError } from '../core/runtime-error.ts';
import type { SeatState } from '../core/seat-state.ts';
import { withDeadline } from './deadline.ts';
import { disposeOf } from './dispose.ts';
import { type Ended, LastWords } from './last-words.ts';
import type { SeatParts } from './seat-parts.ts';
import type { Standby } from './standby.ts';

export interface StarterEvents {
  readonly onState: (state: SeatState) => void;
  readonly onFailure: (error: unknown) => void;
}

const UNREACHABLE_PAUSE_MS = 1_000;

/** An instance for the seat, and what is known of its health. */
export interface Arrival {
  readonly instance: Instance;
  readonly health: Health;
}

interface LeftBehind {
  readonly ended: Ended;
  /** Of its last words; null: not begun. */
  reading: Promise<void> | null;
}

/**
 * Finds a seat its instances, as soon as may be: at once after a first failure, ever later in a crash loop. The standby
 * comes first, then a new one.
 */
export class InstanceStarter {
  readonly #parts: SeatParts;
  readonly #spec: InstanceSpec;
  readonly #standby: Standby;
  readonly #events: StarterEvents;
  #history: StartHistory = NO_STARTS;
  #started = 0;
  #leftBehind: LeftBehind[] = [];
  readonly lastWords: LastWords;

  constructor(parts: SeatParts, spec: InstanceSpec, standby: Standby, events: StarterEvents) {
    this.#parts = parts;
    this.#standby = standby;
    this.#spec = { name: spec.name, seat: spec.seat };
    this.#events = events;
    this.lastWords = new LastWords(parts, spec.name);
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

  /** An exited instance; it is removed when its successor serves, for that is more urgent. */
  leaveBehind(instance: Instance, reason: string): void {
    const ended = { instance, reason, endedAt: this.#parts.clock.wallTime() };
    this.#leftBehind.push({ ended, reading: null });
  }

  /** To be called when its successor runs, for that is more urgent. */
  readLastWords(): void {
    for (const left of this.#leftBehind) left.reading ??= this.lastWords.read(left.ended);
  }

  /** Removes what was left behind, once its last words are read. Never rejects. */
  async cleanUp(): Promise<void> {
    this.readLastWords();
    const leftBehind = this.#leftBehind;
    this.#leftBehind = [];
    await Promise.all(
      leftBehind.map(async ({ ended, reading }) => {
        await reading;
        await disposeOf(this.#parts, ended.instance, 0);
      }),
    );
  }

  /** Resolves when an instance runs. Rejects only when aborted. */
  async start(replaces: string | null, signal: AbortSignal): Promise<Arrival> {
    for (;;) {
      await this.#waitForTurn(replaces, signal);
      this.#events.onState({ kind: 'starting', replaces });
      const woken = await this.#wakeStandby();
      if (woken !== null) return { instance: woken, health: TRUSTED };
      signal.throwIfAborted();
      const instance = await this.#tryOnce(signal);
      if (instance !== null) return { instance, health: UNPROVEN };
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
      this.leaveBehind(instance, 'restart failed');
      return null;
    }
  }

  async #waitForTurn(replaces: string | null, signal: AbortSignal): Promise<void> {
    const { clock, random, journal } = this.#parts;
    const delay = startDelayMs(this.#history, clock.now(), random);
    if (delay <= 0) return;
    void this.cleanUp();
    const looping = isLooping(this.#history);
    const reason = `${replaces ?? 'start failed'}, ${this.#history.crashes} in a row; waits ${(delay / 1000).toFixed(1)} s`;
    this.#events.onState({ kind: 'waiting', reason, looping });
    const replica = this.#spec;
    if (looping) journal.write({ kind: 'crash-looping', severity: 'critical', message: reason, replica });
    await clock.sleep(delay, signal);
  }

  async #wakeStandby(): Promise<Instance | null> {
    const instance = await this.#standby.take();
    if (instance !== null) this.#runs('the standby takes over', this.#parts.clock.now());
    return instance;
  }

  #runs(message: string, startedAt: number): void {
    this.#started++;
    this.#history = recordStart(this.#history, startedAt);
    const replica = this.#spec;
    this.#parts.journal.write({ kind: 'instance-started', severity: 'info', message, replica, step: 'newInstanceMs' });
  }

  async #tryOnce(signal: AbortSignal): Promise<Instance | null> {
    const { clock, runtime, policy, journal } = this.#parts;
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
      this.#runs('an instance runs', startedAt);
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
}
