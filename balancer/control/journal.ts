import { BALANCER_ACTOR } from '../../lib/api/admin.ts';
import type { LifecycleEvent } from '../../lib/api/events.ts';
import type { IncidentView } from '../../lib/api/state.ts';
import {
  type Counters,
  type Incident,
  type IncidentStep,
  openIncident,
  recordStep,
  recount,
} from '../core/incident.ts';
import type { Log } from '../core/log.ts';
import type { Clock } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import type { Feed } from './event-feed.ts';

export interface JournalParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly feed: Feed;
  readonly log: Log;
  readonly counters: () => Counters;
  /** The counters before the requests that a seat has failed just now. */
  readonly before: (seat: number) => Counters;
  /** Requests answered through a seat, cumulative. */
  readonly answered: (seat: number) => number;
  /** A replica serves again; now its first request is awaited. */
  readonly onAwaiting: () => void;
}

export interface Entry {
  readonly kind: LifecycleEvent['kind'];
  readonly severity: LifecycleEvent['severity'];
  readonly message: string;
  /** Default: the balancer itself. */
  readonly actor?: string;
  readonly replica?: { readonly name: string; readonly seat: number };
  /** Name of the replica it is about, where it is no step of a failure. */
  readonly subject?: string | null;
  /** The step of the failure that this is, if there is one: its watch stops, and both tell the same moment. */
  readonly step?: IncidentStep;
}

const SHOWN = 10;
const RECENT_MS = 10_000;

/** Writes down what happens: the timeline, and the stopwatch of each failure. */
export class Journal {
  readonly #parts: JournalParts;
  readonly #open = new Map<number, Incident>();
  #recent: readonly IncidentView[] = [];
  /** By seat: what it had answered when it served again. */
  readonly #answered = new Map<number, number>();
  /** Seats whose incident began with a sign of trouble, without a known cause. */
  readonly #signs = new Set<number>();
  readonly #recoveriesMs: number[] = [];
  /** By seat; monotonic ms. */
  readonly #lastRecovery = new Map<number, { readonly endedAt: number; readonly tookMs: number }>();
  #sequence = 0;
  #incidents = 0;

  constructor(parts: JournalParts) {
    this.#parts = parts;
    this.#recent = parts.store.incidents(SHOWN);
  }

  /** The latest incidents, newest first, at most 10. */
  get recent(): readonly IncidentView[] {
    return this.#recent;
  }

  write(entry: Entry): void {
    const { clock, store, feed, log } = this.#parts;
    const seat = entry.replica?.seat ?? null;
    const steppedMs = seat !== null && entry.step !== undefined ? this.step(seat, entry.step) : null;
    const incident = seat === null ? undefined : this.#open.get(seat);
    const event: LifecycleEvent = {
      sequence: ++this.#sequence,
      at: clock.wallTime(),
      kind: entry.kind,
      severity: entry.severity,
      replica: entry.replica?.name ?? entry.subject ?? null,
      message: entry.message,
      actor: entry.actor ?? BALANCER_ACTOR,
      incident:
        incident === undefined ? null : { id: incident.view.id, afterMs: steppedMs ?? this.#elapsedMs(incident) },
    };
    store.appendEvent(feed.bootId, event);
    feed.publish({ type: 'event', data: event });
    log[entry.severity === 'critical' ? 'warn' : 'info'](
      { kind: event.kind, replica: event.replica, actor: event.actor },
      event.message,
    );
  }

  /**
   * Starts the stopwatch of a failure. One that runs already goes on, and is told the cause when so far only signs of
   * it were known. A replica that served again since has failed anew.
   */
  open(replica: { readonly name: string; readonly seat: number }, cause: string, isOnlySign = false): void {
    const running = this.#open.get(replica.seat);
    if (running !== undefined && running.view.servingMs === null) {
      if (!isOnlySign && this.#signs.delete(replica.seat)) this.#explain(running, cause);
      return;
    }
    this.close(replica.seat);
    if (isOnlySign) this.#signs.add(replica.seat);
    const { clock, counters, before, feed } = this.#parts;
    const incident = openIncident({
      id: `${feed.bootId}-${++this.#incidents}`,
      replica: replica.name,
      seat: replica.seat,
      cause,
      now: clock.now(),
      wallTime: clock.wallTime(),
      before: before(replica.seat),
      counters: counters(),
    });
    this.#open.set(replica.seat, incident);
    this.#show(incident.view);
  }

  /** Stops the watch of one step; the first request ends the incident. How long it took, ms; null: it did not run. */
  step(seat: number, step: IncidentStep): number | null {
    const incident = this.#open.get(seat);
    if (incident === undefined || incident.view[step] !== null) return null;
    const next = recordStep(incident, step, this.#parts.clock.now(), this.#parts.counters());
    if (step === 'servingMs') this.#recovered(seat, next);
    if (step === 'firstRequestMs') this.close(seat);
    else this.#open.set(seat, next);
    this.#show(next.view);
    return next.view[step];
  }

  /** Ends an incident that has no successor: the replica was removed, or it recovered by itself. */
  close(seat: number): void {
    this.#open.delete(seat);
    this.#answered.delete(seat);
    this.#signs.delete(seat);
  }

  /** Shows what has been counted meanwhile in failures that go on; once a second, steps do the rest. */
  recount(): void {
    const running = [...this.#open].filter(([, { view }]) => view.servingMs === null);
    if (running.length === 0) return;
    const counters = this.#parts.counters();
    for (const [seat, incident] of running) {
      const next = recount(incident, counters);
      this.#open.set(seat, next);
      this.#recent = this.#recent.map((view) => (view.id === next.view.id ? next.view : view));
      this.#parts.feed.flash({ type: 'incident', data: next.view });
    }
  }

  /** From the kill, or the first sign of trouble, to serving again; ms, of incidents since the start. */
  get recoveriesMs(): readonly number[] {
    return this.#recoveriesMs;
  }

  /**
   * How long a seat has been out of rotation, counted from the first sign of the failure, or was until within the last
   * 10 s; ms, null when it was not.
   */
  recoveryMs(seat: number): number | null {
    const open = this.#open.get(seat);
    if (open !== undefined && open.view.servingMs === null) {
      return open.view.outOfRotationMs === null ? null : this.#elapsedMs(open);
    }
    const last = this.#lastRecovery.get(seat);
    return last !== undefined && this.#parts.clock.now() - last.endedAt < RECENT_MS ? last.tookMs : null;
  }

  get awaitsFirstRequest(): boolean {
    return this.#answered.size > 0;
  }

  /** Ends incidents whose seat has answered since it served again; `totals` are cumulative. */
  lookForFirstRequests(totals: readonly { readonly seat: number; readonly requests: number }[]): void {
    for (const { seat, requests } of totals) {
      const before = this.#answered.get(seat);
      if (before !== undefined && requests > before) this.step(seat, 'firstRequestMs');
    }
  }

  #recovered(seat: number, incident: Incident): void {
    this.#answered.set(seat, this.#parts.answered(seat));
    const tookMs = incident.view.servingMs ?? 0;
    this.#recoveriesMs.push(tookMs);
    this.#lastRecovery.set(seat, { endedAt: this.#parts.clock.now(), tookMs });
    this.#parts.onAwaiting();
  }

  #elapsedMs(incident: Incident): number {
    return Math.round((this.#parts.clock.now() - incident.startedAt) * 10) / 10;
  }

  #explain(incident: Incident, cause: string): void {
    const view = { ...incident.view, cause };
    this.#open.set(incident.seat, { ...incident, view });
    this.#show(view);
  }

  #show(view: IncidentView): void {
    this.#recent = [view, ...this.#recent.filter((other) => other.id !== view.id)].slice(0, SHOWN);
    this.#parts.store.saveIncident(view);
    this.#parts.feed.publish({ type: 'incident', data: view });
  }
}
