import { type Health, observeFailure, observePass, UNPROVEN } from '../core/health.ts';
import type { Instance } from '../core/ports.ts';
import { CLEAR, isAvailable } from '../core/seat-state.ts';
import type { UpstreamReport } from '../core/snapshot.ts';
import { judgeFailure, verdictOn } from '../core/verdict.ts';
import { type Observation, Prober } from './prober.ts';
import type { SeatParts } from './seat-parts.ts';
import type { LiveState, SeatRecord } from './seat-record.ts';

/** Why an instance's time in the seat is over. */
export interface End {
  /** `exited`: it is gone. `condemned`: it runs but has to be replaced. `retired`: the seat is given up. */
  readonly kind: 'exited' | 'condemned' | 'restart' | 'retired';
  readonly reason: string;
}

export interface Beginning {
  /** Why its predecessor went; null for a seat's first instance. */
  readonly replaces: string | null;
  readonly health: Health;
  readonly drained: boolean;
}

export interface WatchEvents {
  readonly onServing: () => void;
  /** It refuses connections: it has ended, or is about to. */
  readonly onRefusing: () => void;
  readonly onPass: () => void;
  /** It failed before it ever served. */
  readonly onFailure: (error: Error) => void;
}

/** Watches one instance for as long as it sits in its seat. */
export class InstanceWatch {
  readonly instance: Instance;
  readonly #parts: SeatParts;
  readonly #record: SeatRecord;
  readonly #events: WatchEvents;
  readonly #prober: Prober;
  readonly #end = Promise.withResolvers<End>();
  readonly #startedAt: number;
  #ended = false;
  #killed = false;
  #badSince: number | null = null;
  #servingSince: number | null = null;

  constructor(parts: SeatParts, record: SeatRecord, instance: Instance, events: WatchEvents) {
    this.#parts = parts;
    this.#record = record;
    this.#events = events;
    this.instance = instance;
    this.#startedAt = parts.clock.now();
    const settings = { clock: parts.clock, probe: parts.probe, policy: parts.policy.health };
    const health = (): Health => this.#mine()?.health ?? UNPROVEN;
    this.#prober = new Prober(settings, instance.address, health, (observation) => this.#observe(observation));
  }

  /** How long it served, ms; 0 when it never did; null when an operator ended it, which says nothing about it. */
  servedMs(): number | null {
    if (this.#killed) return null;
    return this.#servingSince === null ? 0 : this.#parts.clock.now() - this.#servingSince;
  }

  /** Resolves when its time is over. */
  async run({ replaces, health, drained }: Beginning): Promise<End> {
    const probing = new AbortController();
    const paused = this.instance.state === 'paused' ? ('outside' as const) : ('no' as const);
    this.#record.set({
      kind: 'live',
      instance: this.instance,
      health,
      conditions: { ...CLEAR, paused, drained },
      replaces,
    });
    if (health.standing === 'good') this.#serves();
    const exitReason = this.#parts.host.exitReason(this.instance.id);
    if (exitReason !== null) this.exited(exitReason);
    const probes = this.#prober.run(probing.signal);
    const end = await this.#end.promise;
    probing.abort();
    await probes;
    return end;
  }

  end(end: End): void {
    this.#ended = true;
    this.#end.resolve(end);
  }

  /** An operator orders its death: what follows is no crash of its own. */
  markKilled(): void {
    this.#killed = true;
  }

  confirm(): void {
    this.#prober.confirm();
  }

  /** The runtime says that it is gone. */
  exited(reason: string): void {
    if (this.#ended) return;
    const { host, journal } = this.#parts;
    host.cut(this.#record.seat);
    this.end({ kind: 'exited', reason });
    journal.open(this.#record, reason);
    const replica = this.#record;
    journal.write({ kind: 'noticed', severity: 'critical', message: reason, replica, step: 'noticedMs' });
    this.#record.set({ kind: 'starting', replaces: reason });
    this.#events.onFailure(new Error(`it ended before it served: ${reason}`));
  }

  pausedOutside(): void {
    const state = this.#mine();
    if (state === null || state.conditions.paused !== 'no') return;
    const { journal } = this.#parts;
    const message = 'paused from outside';
    journal.open(this.#record, message);
    journal.write({ kind: 'paused', severity: 'critical', message, replica: this.#record, step: 'noticedMs' });
    this.#record.change(state, { paused: 'outside' });
  }

  /** It serves again when a probe has shown that it does. */
  unpaused(actor?: string): void {
    const state = this.#mine();
    if (state === null || state.conditions.paused === 'no') return;
    const who = actor === undefined ? {} : { actor };
    const message = 'unpaused';
    this.#parts.journal.write({ kind: 'unpaused', severity: 'info', message, replica: this.#record, ...who });
    this.#record.change(state, { paused: 'no', suspected: 'unpaused; waiting for a good probe' });
    this.confirm();
  }

  onReport(report: UpstreamReport): void {
    const state = this.#mine();
    if (state === null || report.instanceId !== this.instance.id || report.kind === 'answered') return;
    if (report.kind === 'refused') this.#events.onRefusing();
    if (report.kind === 'refused' && this.#canSuspect(state)) {
      const suspected = `connection refused: ${report.detail}`;
      this.#sign(suspected);
      this.#record.change(state, { suspected });
    }
    this.confirm();
  }

  #mine(): LiveState | null {
    const state = this.#record.live;
    return state === null || this.#ended || state.instance.id !== this.instance.id ? null : state;
  }

  /** The stopwatch starts at the first sign, whatever turns out to be its cause. */
  #sign(reason: string): void {
    this.#parts.journal.open(this.#record, reason, true);
    this.#parts.journal.step(this.#record.seat, 'noticedMs');
  }

  #canSuspect(state: LiveState): boolean {
    return isAvailable(state) && this.#parts.host.canSpare(this.#record.seat);
  }

  #observe(observation: Observation): void {
    const state = this.#mine();
    if (state === null) return;
    const { result } = observation;
    if (result.ok) this.#passed(state);
    else if (state.conditions.paused !== 'by-operator') this.#failed(state, observation, result.reason);
  }

  #passed(state: LiveState): void {
    this.#events.onPass();
    const health = observePass(state.health, this.#parts.policy.health);
    if (health.standing === 'good') {
      this.#badSince = null;
      if (this.#servingSince === null) this.#serves();
    }
    this.#record.set({ ...state, health, conditions: { ...state.conditions, suspected: null } });
  }

  #failed(state: LiveState, observation: Observation, reason: string): void {
    const { pauseWatch, policy, clock } = this.#parts;
    const stoodStill = pauseWatch.stoodStillSince(observation.startedAt);
    const failure = judgeFailure({ ...observation, reason, stoodStill });
    if (failure === null) return;
    const health = observeFailure(state.health, failure, policy.health);
    if (failure.refused) this.#events.onRefusing();
    const isSuspect = failure.refused && this.#canSuspect(state);
    const suspected = isSuspect ? reason : state.conditions.suspected;
    if (isSuspect) this.#sign(reason);
    if (health.standing === 'bad') {
      this.#badSince ??= clock.now();
      this.#sign(`probes failed: ${reason}`);
    }
    this.#record.set({ ...state, health, conditions: { ...state.conditions, suspected } });
    this.#judge(health);
  }

  /** What runs and does not serve is replaced in the end: the old instance is killed before a new one starts. */
  #judge(health: Health): void {
    const { policy, clock, journal, runtime, host } = this.#parts;
    const life = { startedAt: this.#startedAt, badSince: this.#badSince };
    const verdict = verdictOn({ health, life, now: clock.now(), policy });
    if (verdict === null || !runtime.abilities.lifecycle || !host.runtimeReachable()) return;
    this.end({ kind: 'condemned', reason: verdict });
    journal.open(this.#record, verdict);
    const message = `${verdict}; it is replaced`;
    journal.write({ kind: 'noticed', severity: 'critical', message, replica: this.#record });
    this.#events.onFailure(new Error(verdict));
  }

  #serves(): void {
    this.#servingSince = this.#parts.clock.now();
    this.#events.onServing();
  }
}
