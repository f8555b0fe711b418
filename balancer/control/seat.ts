import type { PreviousLog } from '../../lib/api/admin.ts';
import { TRUSTED, UNPROVEN } from '../core/health.ts';
import { messageOf } from '../core/log.ts';
import type { Instance, RuntimeEvent } from '../core/ports.ts';
import { RuntimeError } from '../core/runtime-error.ts';
import { isAvailable, type SeatState, statusOf } from '../core/seat-state.ts';
import type { UpstreamReport } from '../core/snapshot.ts';
import { withDeadline } from './deadline.ts';
import { disposeOf } from './dispose.ts';
import { drainSeat } from './drain.ts';
import { type Arrival, InstanceStarter } from './instance-starter.ts';
import { type Beginning, type End, InstanceWatch } from './instance-watch.ts';
import type { SeatParts } from './seat-parts.ts';
import { type LiveState, SeatRecord } from './seat-record.ts';
import { Standby } from './standby.ts';

const ACTION_LIMIT_MS = 10_000;

/**
 * Keeps one seat occupied: starts an instance, watches it, replaces it when it ends, until the seat is retired. Events
 * act at once, in the call that brings them; only then come the loops.
 */
export class Seat {
  /** Resolves when the first instance runs; rejects with what went wrong first. */
  readonly started: Promise<void>;
  /** Resolves when the first instance serves; rejects with what went wrong first. */
  readonly served: Promise<void>;
  readonly standby: Standby;
  readonly #parts: SeatParts;
  readonly #record: SeatRecord;
  readonly #starter: InstanceStarter;
  readonly #stop = new AbortController();
  readonly #firstStart = Promise.withResolvers<void>();
  readonly #firstService = Promise.withResolvers<void>();
  #drained: boolean;
  #watch: InstanceWatch | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: SeatParts, member: { readonly name: string; readonly seat: number }, drained: boolean) {
    this.#parts = parts;
    this.#record = new SeatRecord(parts, member);
    this.#drained = drained;
    this.started = this.#firstStart.promise;
    this.served = this.#firstService.promise;
    for (const promise of [this.started, this.served]) promise.catch(() => undefined);
    this.standby = new Standby(parts, member, this.#stop.signal);
    this.#starter = new InstanceStarter(parts, member, this.standby, {
      onState: (state) => this.#record.set(state),
      onFailure: (error) => this.#failedFirst(error),
    });
  }

  get name(): string {
    return this.#record.name;
  }

  get seat(): number {
    return this.#record.seat;
  }

  get state(): SeatState {
    return this.#record.state;
  }

  /** Wall time of the last change of status, ms. */
  get since(): number {
    return this.#record.since;
  }

  get instance(): Instance | null {
    return this.#record.instance;
  }

  get restarts(): number {
    return Math.max(0, this.#starter.started - 1);
  }

  /** What its last instance that ended had printed; null when none has. */
  lastWords(): Promise<PreviousLog | null> {
    return this.#starter.lastWords.latest();
  }

  get drained(): boolean {
    return this.#drained;
  }

  /** The instance that sits here and the spare that waits. */
  get ids(): readonly string[] {
    return [this.instance?.id, this.standby.id].filter((id) => id !== undefined && id !== null);
  }

  /** Has it served for so long, ms, and does still? */
  hasServed(ms: number): boolean {
    return isAvailable(this.state) && (this.#watch?.servedMs() ?? 0) >= ms;
  }

  /** Begins to keep the seat; with an adopted instance in it and its spare, or by starting one. */
  run(adopted: Instance | null, standby: Instance | null): void {
    if (standby !== null) this.standby.adopt(standby);
    if (adopted !== null) this.#starter.countAdopted();
    this.#running = this.#keep(adopted).catch((error) => {
      if (this.#stop.signal.aborted) return;
      this.#parts.log.error({ replica: this.name, error: messageOf(error) }, 'a seat is kept no more');
    });
  }

  /** Ends all loops and leaves the instance as it is. */
  async release(): Promise<void> {
    this.#stop.abort(new Error('the seat is given up'));
    this.#failedFirst(this.#stop.signal.reason);
    this.#watch?.end({ kind: 'retired', reason: 'given up' });
    await Promise.all([this.#running, this.standby.idle()]);
  }

  /** Leaves the ring for good: finishes its requests (when `graceful`), then the instance is stopped and removed. */
  async retire(graceful: boolean): Promise<void> {
    const { instance } = this;
    this.#record.set({ kind: 'leaving', instance });
    await this.release();
    if (!this.#parts.runtime.abilities.lifecycle) return;
    const others = Promise.all([this.standby.discard(), this.#starter.cleanUp()]);
    if (instance !== null) {
      if (graceful) await drainSeat(this.#parts, this.seat);
      await disposeOf(this.#parts, instance, graceful ? this.#parts.policy.stopGraceMs : 0);
    }
    await others;
  }

  onRuntimeEvent(event: RuntimeEvent & { readonly id: string }): void {
    if (event.kind === 'exited') this.standby.exited(event.id, event.reason);
    const watch = this.#watch;
    if (watch === null || event.id !== watch.instance.id || this.state.kind !== 'live') return;
    if (event.kind === 'exited') watch.exited(event.reason);
    if (event.kind === 'paused') watch.pausedOutside();
    if (event.kind === 'unpaused') watch.unpaused();
  }

  onReport(report: UpstreamReport): void {
    this.#watch?.onReport(report);
  }

  /** Asks the runtime to kill the instance; the `exited` event does the rest. */
  async kill(actor: string): Promise<void> {
    const { journal, runtime } = this.#parts;
    const { instance } = this;
    if (instance === null) throw new RuntimeError('conflict', `${this.name} has no instance now`);
    this.#watch?.markKilled();
    journal.open(this, `killed by ${actor}`);
    journal.write({ kind: 'killed', severity: 'critical', message: 'killed', actor, replica: this });
    await this.#bounded('killing', (signal) => runtime.kill(instance.id, signal));
  }

  /** Taken out of rotation first, so that no request is caught in it. */
  async pause(actor: string): Promise<void> {
    const state = this.#needLive();
    if (state.conditions.paused !== 'no') throw new RuntimeError('conflict', `${this.name} is paused already`);
    this.#record.change(state, { paused: 'by-operator' });
    try {
      await this.#bounded('pausing', (signal) => this.#parts.runtime.pause(state.instance.id, signal));
    } catch (error) {
      this.#record.changeIfSame(state.instance, { paused: 'no' });
      throw error;
    }
    this.#parts.journal.write({ kind: 'paused', severity: 'warning', message: 'paused', actor, replica: this });
  }

  async unpause(actor: string): Promise<void> {
    const { instance } = this.#needLive();
    await this.#bounded('unpausing', (signal) => this.#parts.runtime.unpause(instance.id, signal));
    if (this.#watch?.instance.id === instance.id) this.#watch.unpaused(actor);
  }

  /** Takes effect when the requests it has are answered; the state shows what happens. */
  restart(actor: string): void {
    const { instance } = this.#needLive();
    const message = 'restart ordered';
    this.#parts.journal.write({ kind: 'restarted', severity: 'info', message, actor, replica: this });
    this.#record.set({ kind: 'restarting', instance });
    this.#watch?.end({ kind: 'restart', reason: 'restarted by operator' });
  }

  /** Sets it aside, or returns it: no new requests, but its place on the ring and its instance stay. */
  setDrained(drained: boolean, actor: string): void {
    if (drained === this.#drained) return;
    this.#drained = drained;
    const { journal } = this.#parts;
    const kind = drained ? 'drain-started' : 'returned';
    const message = drained ? 'set aside: no new requests' : 'returned to rotation';
    journal.write({ kind, severity: 'info', message, actor, replica: this });
    const { live } = this.#record;
    if (live !== null) this.#record.change(live, { drained });
    if (!drained) return;
    void drainSeat(this.#parts, this.seat).then(() => {
      if (!this.#drained || this.#stop.signal.aborted) return;
      journal.write({ kind: 'drained', severity: 'info', message: 'no requests left', replica: this });
    });
  }

  /** Held out by outlier detection for `ms`. */
  eject(ms: number, reason: string): void {
    const { live } = this.#record;
    if (live === null) return;
    const { clock, journal } = this.#parts;
    journal.write({ kind: 'ejected', severity: 'warning', message: reason, replica: this });
    this.#record.change(live, { ejected: reason });
    const back = (): void => {
      if (!this.#record.changeIfSame(live.instance, { ejected: null })) return;
      journal.write({ kind: 'returned', severity: 'good', message: 'ejection is over', replica: this });
    };
    clock.sleep(ms, this.#stop.signal).then(back, () => undefined);
  }

  async #keep(adopted: Instance | null): Promise<void> {
    const { signal } = this.#stop;
    // A replica of ours served a moment ago; of an upstream of others nothing is known.
    const trust = this.#parts.runtime.abilities.lifecycle ? TRUSTED : UNPROVEN;
    let arrival: Arrival | null = adopted === null ? null : { instance: adopted, health: trust };
    let replaces: string | null = null;
    while (!signal.aborted) {
      const { instance, health }: Arrival = arrival ?? (await this.#starter.start(replaces, signal));
      if (signal.aborted) return this.#startedTooLate(instance);
      const end = await this.#live(instance, { replaces, health, drained: this.#drained });
      signal.throwIfAborted();
      const goesOn = await this.#after(instance, end);
      arrival = goesOn === null ? null : { instance: goesOn, health: UNPROVEN };
      replaces = end.reason;
    }
  }

  /** The seat was given up in the very moment its instance had started: nobody else knows of it. */
  async #startedTooLate(instance: Instance): Promise<void> {
    if (this.state.kind === 'leaving') await disposeOf(this.#parts, instance, 0);
  }

  async #live(instance: Instance, beginning: Beginning): Promise<End> {
    this.#firstStart.resolve();
    this.#parts.journal.step(this.seat, 'newInstanceMs');
    this.#starter.readLastWords();
    const watch = new InstanceWatch(this.#parts, this.#record, instance, {
      onServing: () => {
        this.#firstService.resolve();
        void this.#starter.cleanUp();
      },
      onRefusing: () => this.standby.stir(),
      onPass: () => this.standby.calm(),
      onFailure: (error) => this.#failedFirst(error),
    });
    this.#watch = watch;
    const end = await watch.run(beginning);
    this.#watch = null;
    const servedMs = watch.servedMs();
    if (end.kind !== 'restart' && servedMs !== null) this.#starter.recordEnd(servedMs);
    return end;
  }

  /** Clears the seat for the next instance; returns one that can go on in it. */
  async #after(instance: Instance, end: End): Promise<Instance | null> {
    switch (end.kind) {
      case 'exited':
        this.#starter.leaveBehind(instance, end.reason);
        return null;
      case 'condemned':
        this.#record.set({ kind: 'starting', replaces: end.reason });
        await this.#endCondemned(instance, end.reason);
        return null;
      case 'restart':
        await drainSeat(this.#parts, this.seat);
        return this.#starter.restart(instance, this.#stop.signal);
      case 'retired':
        return null;
    }
  }

  /** With a spare that takes over, a kill is waited for; its removal, which takes longer, only without one. */
  async #endCondemned(instance: Instance, reason: string): Promise<void> {
    const kill = this.#bounded('killing', (signal) => this.#parts.runtime.kill(instance.id, signal));
    await kill.catch(() => undefined);
    this.#starter.leaveBehind(instance, reason);
    if (this.standby.id === null) await this.#starter.cleanUp();
  }

  /** Without effect once the first instance has made it. */
  #failedFirst(error: unknown): void {
    this.#firstStart.reject(error);
    this.#firstService.reject(error);
  }

  #bounded<T>(what: string, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return withDeadline(this.#parts.clock, { ms: ACTION_LIMIT_MS, what }, this.#stop.signal, task);
  }

  #needLive(): LiveState {
    const { live } = this.#record;
    if (live === null) throw new RuntimeError('conflict', `${this.name} is ${statusOf(this.state).status} now`);
    return live;
  }
}
