import type { ReplicaStatus } from '../../lib/api/state.ts';
import { type Health, observeFailure, observePass, TRUSTED, UNPROVEN } from '../core/health.ts';
import { messageOf } from '../core/log.ts';
import type { Instance, RuntimeEvent } from '../core/ports.ts';
import { CLEAR, type Conditions, instanceOf, isAvailable, type SeatState, statusOf } from '../core/seat-state.ts';
import type { UpstreamReport } from '../core/snapshot.ts';
import { judgeFailure, verdictOn } from '../core/verdict.ts';
import { withDeadline } from './deadline.ts';
import { InstanceStarter } from './instance-starter.ts';
import { type Observation, Prober } from './prober.ts';
import type { SeatParts } from './seat-parts.ts';

/** Why an instance's time in the seat is over. */
type End =
  | { readonly kind: 'exited' | 'condemned' | 'restart'; readonly reason: string }
  | { readonly kind: 'retired'; readonly reason: string };

/** The time of one instance in the seat. Monotonic ms. */
interface Life {
  readonly instance: Instance;
  readonly startedAt: number;
  readonly end: (end: End) => void;
  prober: Prober | null;
  servingSince: number | null;
  badSince: number | null;
  /** By an operator: that is no crash. */
  killed: boolean;
}

type LiveState = SeatState & { kind: 'live' };

/**
 * Keeps one seat occupied: starts an instance, watches it, replaces it when it ends, until the seat is retired. Events
 * act at once, in the call that brings them; only then come the loops.
 */
export class Seat {
  readonly name: string;
  readonly seat: number;
  /** Resolves when the first instance runs; rejects with what went wrong first. */
  readonly started: Promise<void>;
  /** Resolves when the first instance serves; rejects with what went wrong first. */
  readonly served: Promise<void>;
  readonly #parts: SeatParts;
  readonly #starter: InstanceStarter;
  readonly #stop = new AbortController();
  readonly #firstStart = Promise.withResolvers<void>();
  readonly #firstOutcome = Promise.withResolvers<void>();
  #state: SeatState = { kind: 'starting', replaces: null };
  #status: ReplicaStatus = 'starting';
  #since: number;
  #drained: boolean;
  #life: Life | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: SeatParts, member: { readonly name: string; readonly seat: number }, drained: boolean) {
    this.#parts = parts;
    this.name = member.name;
    this.seat = member.seat;
    this.#drained = drained;
    this.#since = parts.clock.wallTime();
    this.started = this.#firstStart.promise;
    this.served = this.#firstOutcome.promise;
    for (const promise of [this.started, this.served]) promise.catch(() => undefined);
    this.#starter = new InstanceStarter(parts, member, {
      onState: (state) => this.#set(state),
      onFailure: (error) => this.#failedFirst(error),
    });
  }

  get state(): SeatState {
    return this.#state;
  }

  /** Wall time of the last change of status, ms. */
  get since(): number {
    return this.#since;
  }

  get restarts(): number {
    return Math.max(0, this.#starter.started - 1);
  }

  get drained(): boolean {
    return this.#drained;
  }

  get instance(): Instance | null {
    return instanceOf(this.#state);
  }

  /** Begins to keep the seat; with an adopted instance in it, or by starting one. */
  run(adopted: Instance | null): void {
    if (adopted !== null) this.#starter.countAdopted();
    this.#running = this.#keep(adopted).catch((error) => {
      if (!this.#stop.signal.aborted)
        this.#parts.log.error({ seat: this.seat, error: messageOf(error) }, 'seat loop ended');
    });
  }

  /** Ends all loops and leaves the instance as it is. */
  async release(): Promise<void> {
    this.#stop.abort(new Error('the seat is released'));
    this.#failedFirst(new Error('the seat was given up'));
    await this.#running;
  }

  /** Leaves the ring for good: finishes its requests (when `graceful`), then the instance is stopped and removed. */
  async retire(graceful: boolean): Promise<void> {
    const instance = this.instance;
    this.#set({ kind: 'leaving', instance });
    this.#life?.end({ kind: 'retired', reason: 'removed' });
    await this.release();
    if (instance === null || !this.#parts.runtime.abilities.lifecycle) return;
    if (graceful) await this.#drain();
    await this.#starter.dispose(instance, graceful ? this.#parts.policy.stopGraceMs : 0);
  }

  onRuntimeEvent(event: RuntimeEvent & { readonly id: string }): void {
    const life = this.#life;
    if (life === null || event.id !== life.instance.id || this.#state.kind !== 'live') return;
    switch (event.kind) {
      case 'exited':
        this.#exited(life, event.reason);
        break;
      case 'paused':
        if (this.#state.conditions.paused === 'no') this.#pausedOutside(this.#state);
        break;
      case 'unpaused':
        this.#unpaused(this.#state);
        break;
      case 'started':
        break;
    }
  }

  onReport(report: UpstreamReport): void {
    const state = this.#state;
    if (state.kind !== 'live' || report.instanceId !== state.instance.id || report.kind === 'answered') return;
    const certain = report.kind === 'refused' && isAvailable(state) && this.#parts.host.canSpare(this.seat);
    if (certain) this.#change(state, { suspected: `connection refused: ${report.detail}` });
    this.#life?.prober?.confirm();
  }

  /** Asks the runtime to kill the instance; the `exited` event does the rest. */
  async kill(actor: string): Promise<void> {
    const { journal, runtime } = this.#parts;
    const instance = this.#needInstance();
    if (this.#life !== null) this.#life.killed = true;
    journal.open(this, `killed by ${actor}`);
    journal.write({ kind: 'killed', severity: 'critical', message: 'killed', actor, replica: this });
    await this.#bounded('killing', (signal) => runtime.kill(instance.id, signal));
  }

  async pause(actor: string): Promise<void> {
    const state = this.#needLive();
    this.#change(state, { paused: 'by-operator' });
    try {
      await this.#bounded('pausing', (signal) => this.#parts.runtime.pause(state.instance.id, signal));
    } catch (error) {
      this.#changeIfSame(state.instance, { paused: 'no' });
      throw error;
    }
    this.#parts.journal.write({ kind: 'paused', severity: 'warning', message: 'paused', actor, replica: this });
  }

  async unpause(actor: string): Promise<void> {
    const state = this.#needLive();
    await this.#bounded('unpausing', (signal) => this.#parts.runtime.unpause(state.instance.id, signal));
    if (this.#state.kind === 'live' && this.#state.instance.id === state.instance.id)
      this.#unpaused(this.#state, actor);
  }

  /** Resolves at once; the new state shows what happens. */
  restart(actor: string): void {
    const state = this.#needLive();
    this.#parts.journal.write({
      kind: 'restarted',
      severity: 'info',
      message: 'restart ordered',
      actor,
      replica: this,
    });
    this.#set({ kind: 'restarting', instance: state.instance });
    this.#life?.end({ kind: 'restart', reason: 'restarted by operator' });
  }

  setDrained(drained: boolean, actor: string): void {
    if (drained === this.#drained) return;
    this.#drained = drained;
    const kind = drained ? 'drain-started' : 'returned';
    const message = drained ? 'set aside: no new requests' : 'returned to rotation';
    this.#parts.journal.write({ kind, severity: 'info', message, actor, replica: this });
    if (this.#state.kind === 'live') this.#change(this.#state, { drained });
    if (drained) void this.#drain().then(() => this.#sayDrained());
  }

  /** Held out by outlier detection for `ms`. */
  eject(ms: number, reason: string): void {
    const state = this.#state;
    if (state.kind !== 'live') return;
    this.#parts.journal.write({ kind: 'ejected', severity: 'warning', message: reason, replica: this });
    this.#change(state, { ejected: reason });
    const back = (): void => {
      if (!this.#changeIfSame(state.instance, { ejected: null })) return;
      this.#parts.journal.write({ kind: 'returned', severity: 'good', message: 'ejection is over', replica: this });
    };
    this.#parts.clock.sleep(ms, this.#stop.signal).then(back, () => undefined);
  }

  async #keep(adopted: Instance | null): Promise<void> {
    let instance = adopted;
    let replaces: string | null = null;
    let health: Health = adopted === null ? UNPROVEN : TRUSTED;
    while (!this.#stop.signal.aborted) {
      const current: Instance = instance ?? (await this.#starter.start(replaces, this.#stop.signal));
      const end = await this.#live(current, replaces, health);
      this.#stop.signal.throwIfAborted();
      instance = end.kind === 'restart' ? await this.#starter.restart(current, this.#stop.signal) : null;
      if (end.kind === 'condemned') await this.#starter.dispose(current, 0);
      replaces = end.reason;
      health = UNPROVEN;
    }
  }

  /** Watches an instance until its end. */
  async #live(instance: Instance, replaces: string | null, health: Health): Promise<End> {
    const { clock, journal } = this.#parts;
    const { promise, resolve } = Promise.withResolvers<End>();
    const watch = new AbortController();
    const life: Life = {
      instance,
      startedAt: clock.now(),
      end: resolve,
      prober: null,
      servingSince: null,
      badSince: null,
      killed: false,
    };
    this.#life = life;
    const retired = (): void => resolve({ kind: 'retired', reason: 'released' });
    this.#stop.signal.addEventListener('abort', retired, { once: true });
    journal.step(this.seat, 'newInstanceMs');
    this.#firstStart.resolve();
    const paused = instance.state === 'paused' ? ('outside' as const) : ('no' as const);
    const conditions = { ...CLEAR, paused, drained: this.#drained };
    this.#set({ kind: 'live', instance, health, conditions, replaces });
    if (health.standing === 'good') this.#nowServing(life);
    const healthNow = (): Health => (this.#state.kind === 'live' ? this.#state.health : UNPROVEN);
    life.prober = new Prober(
      { ...this.#parts, policy: this.#parts.policy.health },
      instance.address,
      healthNow,
      (observation) => this.#observe(life, observation),
    );
    const probing = life.prober.run(watch.signal);
    const end = await promise;
    this.#stop.signal.removeEventListener('abort', retired);
    watch.abort();
    this.#life = null;
    if (end.kind !== 'restart' && !life.killed) this.#starter.recordEnd(life.servingSince);
    if (end.kind === 'exited') this.#starter.leaveBehind(instance.id);
    void probing;
    return end;
  }

  #observe(life: Life, observation: Observation): void {
    const state = this.#state;
    if (this.#life !== life || state.kind !== 'live') return;
    const { result } = observation;
    if (!result.ok) {
      if (state.conditions.paused !== 'by-operator') this.#failed(life, state, observation, result.reason);
      return;
    }
    const health = observePass(state.health, this.#parts.policy.health);
    life.badSince = health.standing === 'good' ? null : life.badSince;
    if (health.standing === 'good' && life.servingSince === null) this.#nowServing(life);
    const conditions = { ...state.conditions, suspected: null };
    this.#set({ ...state, health, conditions });
  }

  #failed(life: Life, state: LiveState, observation: Observation, reason: string): void {
    const { pauseWatch, policy, clock, host, journal } = this.#parts;
    const stoodStill = pauseWatch.stoodStillSince(observation.startedAt);
    const failure = judgeFailure({ ...observation, reason, stoodStill });
    if (failure === null) return;
    const health = observeFailure(state.health, failure, policy.health);
    const spare = host.canSpare(this.seat);
    const suspected = failure.refused && isAvailable(state) && spare ? reason : state.conditions.suspected;
    if (health.standing === 'bad') {
      life.badSince ??= clock.now();
      journal.open(this, `probes failed: ${reason}`);
      journal.step(this.seat, 'noticedMs');
    }
    this.#set({ ...state, health, conditions: { ...state.conditions, suspected } });
    const verdict = verdictOn({ health, life, now: clock.now(), policy });
    if (verdict === null || !this.#parts.runtime.abilities.lifecycle || !host.runtimeReachable()) return;
    if (health.standing === 'unproven') this.#failedFirst(new Error(verdict));
    journal.open(this, verdict);
    journal.write({ kind: 'noticed', severity: 'critical', message: `${verdict}; it is replaced`, replica: this });
    life.end({ kind: 'condemned', reason: verdict });
  }

  #exited(life: Life, reason: string): void {
    const { host, journal } = this.#parts;
    host.cut(this.seat);
    life.end({ kind: 'exited', reason });
    this.#failedFirst(new Error(`it ended before it served: ${reason}`));
    journal.open(this, reason);
    journal.step(this.seat, 'noticedMs');
    journal.write({ kind: 'noticed', severity: 'critical', message: reason, replica: this });
    this.#set({ kind: 'starting', replaces: reason });
  }

  #pausedOutside(state: LiveState): void {
    const { journal } = this.#parts;
    journal.open(this, 'paused from outside');
    journal.step(this.seat, 'noticedMs');
    journal.write({ kind: 'paused', severity: 'critical', message: 'paused from outside', replica: this });
    this.#change(state, { paused: 'outside' });
  }

  #unpaused(state: LiveState, actor?: string): void {
    if (state.conditions.paused === 'no') return;
    const who = actor === undefined ? {} : { actor };
    this.#parts.journal.write({ kind: 'unpaused', severity: 'info', message: 'unpaused', replica: this, ...who });
    // It serves again when a probe has shown that it does.
    this.#change(state, { paused: 'no', suspected: 'unpaused; waiting for a good probe' });
    this.#life?.prober?.confirm();
  }

  /** Without effect once the first instance has made it. */
  #failedFirst(error: unknown): void {
    this.#firstStart.reject(error);
    this.#firstOutcome.reject(error);
  }

  #nowServing(life: Life): void {
    life.servingSince = this.#parts.clock.now();
    this.#firstOutcome.resolve();
  }

  #change(state: LiveState, change: Partial<Conditions>): void {
    this.#set({ ...state, conditions: { ...state.conditions, ...change } });
  }

  /** False when another instance sits here by now. */
  #changeIfSame(instance: Instance, change: Partial<Conditions>): boolean {
    const state = this.#state;
    if (state.kind !== 'live' || state.instance.id !== instance.id) return false;
    this.#change(state, change);
    return true;
  }

  #set(state: SeatState): void {
    const { host, journal, clock } = this.#parts;
    if (this.#state.kind === 'leaving') return;
    const before = isAvailable(this.#state);
    this.#state = state;
    const { status, reason } = statusOf(state);
    if (status !== this.#status) this.#since = clock.wallTime();
    if (status === 'degraded' && this.#status === 'serving') {
      journal.write({ kind: 'degraded', severity: 'warning', message: reason ?? 'degraded', replica: this });
    }
    this.#status = status;
    const after = isAvailable(state);
    if (before && !after) this.#outOfRotation(reason);
    host.changed(this.seat);
    if (!before && after) this.#inRotation();
  }

  #outOfRotation(reason: string | null): void {
    const { host, journal } = this.#parts;
    host.cut(this.seat);
    journal.step(this.seat, 'outOfRotationMs');
    const message = `out of rotation: ${reason ?? 'unavailable'}`;
    journal.write({ kind: 'out-of-rotation', severity: 'warning', message, replica: this });
  }

  #inRotation(): void {
    const { journal } = this.#parts;
    journal.step(this.seat, 'servingMs');
    journal.write({ kind: 'serving', severity: 'good', message: 'serving', replica: this });
  }

  async #drain(): Promise<void> {
    const { clock, host, policy } = this.#parts;
    const deadline = clock.now() + policy.drainTimeoutMs;
    const never = new AbortController().signal;
    let quiet = 0;
    // A request that was picked just before the snapshot changed shows up a moment later: look twice.
    while (quiet < 2 && clock.now() < deadline) {
      await clock.sleep(25, never);
      quiet = host.inFlight(this.seat) === 0 ? quiet + 1 : 0;
    }
  }

  #sayDrained(): void {
    if (!this.#drained || this.#stop.signal.aborted) return;
    this.#parts.journal.write({ kind: 'drained', severity: 'info', message: 'no requests left', replica: this });
  }

  #bounded<T>(what: string, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return withDeadline(this.#parts.clock, { ms: 10_000, what }, this.#stop.signal, task);
  }

  #needInstance(): Instance {
    const instance = this.instance;
    if (instance === null) throw this.#starter.conflict(`${this.name} has no instance now`);
    return instance;
  }

  #needLive(): LiveState {
    if (this.#state.kind !== 'live')
      throw this.#starter.conflict(`${this.name} is ${statusOf(this.#state).status} now`);
    return this.#state;
  }
}
