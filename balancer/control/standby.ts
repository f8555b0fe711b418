import type { StandbyState } from '../../lib/api/state.ts';
import { messageOf } from '../core/log.ts';
import type { Instance, InstanceSpec } from '../core/ports.ts';
import { RuntimeError } from '../core/runtime-error.ts';
import { withDeadline } from './deadline.ts';
import { disposeOf } from './dispose.ts';
import type { SeatParts } from './seat-parts.ts';

const never = new AbortController().signal;
/** A standby that does not serve this long after it was woken is given up for a new instance. */
const WAKE_LIMIT_MS = 3_000;
const MOVE_LIMIT_MS = 2_000;
/** An answer comes in the moment the program goes on: the kernel has taken the connection meanwhile. */
const WAKE_PROBE_MS = 500;
const WAKE_PAUSE_MS = 10;
/** Nothing is in a hurry while it is made. */
const PREPARE_PAUSE_MS = 100;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 300_000;

/**
 * A seat's spare: made while all is quiet, seen healthy once, then paused, so that it costs memory but no processor;
 * woken when the seat's instance ends.
 */
export class Standby {
  readonly #parts: SeatParts;
  readonly #member: InstanceSpec;
  readonly #stop: AbortSignal;
  #state: StandbyState = 'none';
  #instance: Instance | null = null;
  #preparing: Promise<void> = Promise.resolve();
  /** The last of what was asked of a waiting spare: to go on, or to be paused again. */
  #moved: Promise<void> = Promise.resolve();
  #isStirred = false;
  #isHurried = false;
  #failures = 0;
  #retryAt = Number.NEGATIVE_INFINITY;

  /** `stop`: the seat is given up, and what is half made with it. */
  constructor(parts: SeatParts, member: InstanceSpec, stop: AbortSignal) {
    this.#parts = parts;
    this.#stop = stop;
    this.#member = { name: member.name, seat: member.seat };
  }

  get state(): StandbyState {
    return this.#state;
  }

  /** May one be made now? Not right after a try that failed. */
  get isWanted(): boolean {
    const { runtime, clock } = this.#parts;
    return this.#state === 'none' && runtime.abilities.standby && clock.now() >= this.#retryAt;
  }

  /** Is this instance the spare, or may it be the one that is being made? */
  owns(id: string): boolean {
    return this.#instance?.id === id || this.#state === 'preparing';
  }

  /** The spare that waits; null while there is none. */
  get id(): string | null {
    return this.#state === 'ready' ? (this.#instance?.id ?? null) : null;
  }

  /** Takes up the one that an earlier balancer made. */
  adopt(instance: Instance): void {
    this.#instance = instance;
    this.#set('ready');
  }

  /** Makes one. Never rejects; when it fails or is aborted nothing is left. */
  prepare(): Promise<void> {
    this.#set('preparing');
    this.#isHurried = false;
    this.#isStirred = false;
    this.#preparing = this.#make();
    return this.#preparing;
  }

  /**
   * The instance refuses connections, so its end may be told in a moment: the spare goes on already, and serves at once
   * if its turn comes.
   */
  stir(): void {
    if (this.#isStirred) return;
    this.#move('stirring the standby', true, (id, signal) => this.#parts.runtime.unpause(id, signal));
  }

  /** It was a false alarm. */
  calm(): void {
    if (!this.#isStirred) return;
    this.#move('pausing the standby', false, (id, signal) => this.#parts.runtime.pause(id, signal));
  }

  /** A serving instance out of the spare, or null: a new one has to be started. Never rejects. */
  async take(): Promise<Instance | null> {
    // One that is being made is further on than one that would be started now.
    this.#isHurried = true;
    await this.#preparing;
    const instance = this.#instance;
    if (instance === null) return null;
    this.#instance = null;
    this.#set('none');
    try {
      return await this.#wake(instance);
    } catch (error) {
      this.#lost(`it could not take over: ${messageOf(error)}`);
      void disposeOf(this.#parts, instance, 0);
      return null;
    }
  }

  /** The runtime says that an instance ended. */
  exited(id: string, reason: string): void {
    const instance = this.#instance;
    if (instance?.id !== id || this.#state !== 'ready') return;
    this.#instance = null;
    this.#set('none');
    this.#lost(`it ended: ${reason}`);
    void disposeOf(this.#parts, instance, 0);
  }

  /** Resolves when no attempt to make one is under way. */
  idle(): Promise<void> {
    return this.#preparing;
  }

  /** Removes it for good. */
  async discard(): Promise<void> {
    await this.#preparing;
    const instance = this.#instance;
    this.#instance = null;
    this.#set('none');
    if (instance !== null) await disposeOf(this.#parts, instance, 0);
  }

  #move(what: string, isStirred: boolean, action: (id: string, signal: AbortSignal) => Promise<void>): void {
    const { id } = this;
    if (id === null) return;
    const { clock, log } = this.#parts;
    this.#isStirred = isStirred;
    this.#moved = this.#moved
      .then(() => withDeadline(clock, { ms: MOVE_LIMIT_MS, what }, this.#stop, (signal) => action(id, signal)))
      .catch((error) => log.debug({ replica: this.#member.name, error: messageOf(error) }, what));
  }

  async #make(): Promise<void> {
    const { clock, policy, journal } = this.#parts;
    const limit = { ms: policy.startTimeoutMs, what: 'preparing a standby' };
    try {
      await withDeadline(clock, limit, this.#stop, (limited) => this.#start(limited));
      this.#failures = 0;
      this.#set('ready');
      journal.write({ kind: 'standby-ready', severity: 'info', message: 'a standby is ready', replica: this.#member });
    } catch (error) {
      await this.#notMade(error);
    }
  }

  async #start(signal: AbortSignal): Promise<void> {
    const { runtime } = this.#parts;
    const instance = await runtime.start({ ...this.#member, standby: true }, signal);
    this.#instance = instance;
    await this.#healthy(instance, PREPARE_PAUSE_MS, signal);
    if (!this.#isHurried) await runtime.pause(instance.id, signal);
  }

  async #notMade(error: unknown): Promise<void> {
    const instance = this.#instance;
    this.#instance = null;
    if (instance !== null) await disposeOf(this.#parts, instance, 0);
    this.#set('none');
    if (this.#stop.aborted) return;
    const isImpossible = error instanceof RuntimeError && error.code === 'unsupported';
    if (isImpossible) this.#retryAt = Number.POSITIVE_INFINITY;
    else this.#lost(`none could be made: ${messageOf(error)}`);
  }

  /** Serves as soon as it answers, even when the runtime has yet to say that it goes on. */
  async #wake(instance: Instance): Promise<Instance> {
    const { clock, runtime } = this.#parts;
    const over = new AbortController();
    const limit = { ms: WAKE_LIMIT_MS, what: 'waking the standby' };
    try {
      // Paused again after a false alarm: an answer now would come from a program that is about to freeze.
      if (!this.#isStirred) await this.#moved;
      await withDeadline(clock, limit, never, (signal) => {
        const either = AbortSignal.any([signal, over.signal]);
        const answers = this.#healthy(instance, WAKE_PAUSE_MS, either, WAKE_PROBE_MS);
        const promoted = this.#moved.then(() => runtime.promote(instance.id, signal));
        return Promise.race([answers, promoted.then(() => answers)]);
      });
    } finally {
      over.abort();
    }
    return { ...instance, state: 'running', standby: false };
  }

  async #healthy(instance: Instance, pauseMs: number, signal: AbortSignal, timeoutMs?: number): Promise<void> {
    const { clock, probe, policy, host } = this.#parts;
    const limitMs = timeoutMs ?? policy.health.timeoutMs;
    while (!(await probe.probe(instance.address, limitMs, signal)).ok) {
      const end = host.exitReason(instance.id);
      if (end !== null) throw new Error(end);
      await clock.sleep(pauseMs, signal);
    }
  }

  #lost(reason: string): void {
    const { clock, journal } = this.#parts;
    this.#retryAt = clock.now() + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures++);
    const message = `the standby is lost: ${reason}`;
    journal.write({ kind: 'standby-lost', severity: 'warning', message, replica: this.#member });
  }

  #set(state: StandbyState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#parts.host.changed(this.#member.seat);
  }
}
