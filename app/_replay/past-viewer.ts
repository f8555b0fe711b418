import type { StoredEvent } from '#lib/api/admin.ts';
import type { LifecycleEvent, SecondFrame } from '#lib/api/events.ts';
import type { Sample } from '#lib/api/samples.ts';
import type { IncidentView, ReplicaView, RingView, State } from '#lib/api/state.ts';
import type { FleetMoment, RingMoment, SeatMoment } from '#lib/api/timeline.ts';
import { type RingTable, ringTable, servingSeats } from '#lib/ring/table.ts';
import { momentAfter } from '#lib/timeline/moment.ts';
import { framesOf } from '../_history/seed.ts';
import { EMPTY_VIEW, EVENTS_KEPT, type LiveView, SECONDS_KEPT } from '../_live/view.ts';
import type { Past } from './past.ts';

const INCIDENTS_SHOWN = 10;
/** Without a sample for so long no balancer ran: they are written once a second, or once a step. */
const SILENCE_MS = 5_000;
const NO_FIGURES = { requestsPerSecond: 0, inFlight: 0, p50Ms: null, p99Ms: null, requests: 0, errors: 0, retries: 0 };

interface Fleet {
  /** How many changes it is after; what makes it another one. */
  readonly changes: number;
  readonly moment: FleetMoment | null;
  readonly ring: RingView | null;
  readonly previousRing: RingView | null;
}

/** Everything of one second; wall time of its beginning, ms. */
interface Second {
  readonly at: number;
  readonly sample: Sample | null;
  readonly frames: readonly SecondFrame[];
  readonly lost: number;
  readonly retries: number;
}

/** Shows a past as the live pages saw it: the same view, for any moment in it. What stays the same stays the same object. */
export class PastViewer {
  readonly past: Past;
  readonly #balancer: State['balancer'];
  readonly #frames: readonly SecondFrame[];
  readonly #tables = new WeakMap<RingMoment, RingTable>();
  #fleet: Fleet | null = null;
  #second: Second | null = null;
  #view: LiveView | null = null;

  /** `balancer` tells what does not change with time: its runtime and its key. */
  constructor(past: Past, balancer: State['balancer']) {
    this.past = past;
    this.#balancer = balancer;
    this.#frames = everySecond(past);
  }

  /** The view at a moment from `past.from` to `past.to`. */
  at(at: number): LiveView {
    const fleet = this.#fleetAt(at);
    const second = this.#secondAt(at);
    const events = eventsAt(this.past.events, at);
    const incidents = incidentsAt(this.past.incidents, at);
    const before = this.#view;
    const sameEvents = before !== null && before.events[0]?.sequence === events[0]?.sequence;
    const steady = sameEvents && fleet === this.#fleet && second === this.#second;
    this.#fleet = fleet;
    this.#second = second;
    if (steady && sameIncidents(before.state?.incidents, incidents)) return before;
    const running = second.sample !== null || isRecent(this.past, fleet.changes, at);
    this.#view = {
      ...EMPTY_VIEW,
      connection: 'past',
      lastAt: at,
      state: running ? this.#stateOf(at, fleet, second, incidents) : null,
      events: sameEvents ? before.events : events,
      previousRing: fleet.previousRing,
      seconds: second.frames,
    };
    return this.#view;
  }

  #fleetAt(at: number): Fleet {
    const changes = upTo(this.past.changes, at);
    if (this.#fleet?.changes === changes) return this.#fleet;
    let moment = this.past.base;
    let previous: FleetMoment | null = null;
    for (const change of this.past.changes.slice(0, changes)) {
      if (change.kind === 'ring' && moment !== null && moment.ring.members.length > 0) previous = moment;
      moment = momentAfter(moment, change);
    }
    const same = moment !== null && this.#fleet !== null && sameServing(this.#fleet.moment, moment);
    const ring = same ? (this.#fleet?.ring ?? null) : this.#ringOf(moment);
    return { changes, moment, ring, previousRing: this.#ringOf(previous) };
  }

  #ringOf(moment: FleetMoment | null): RingView | null {
    if (moment === null) return null;
    const table = this.#tables.get(moment.ring) ?? ringTable(moment.ring);
    this.#tables.set(moment.ring, table);
    const up = new Set(moment.seats.filter(({ available }) => available).map(({ seat }) => seat));
    return { ...moment.ring, serving: [...servingSeats(table, (seat) => up.has(seat))] };
  }

  #secondAt(moment: number): Second {
    const at = Math.floor(moment / 1_000) * 1_000;
    if (this.#second?.at === at) return this.#second;
    const { samples, strideMs } = this.past.samples;
    const sample = samples.findLast((one) => one.at <= at) ?? null;
    const silent = sample !== null && at - sample.at > Math.max(SILENCE_MS, 2 * strideMs);
    const frames = this.#frames.filter((frame) => frame.at <= at && frame.at > at - SECONDS_KEPT * 1_000);
    const shown = samples.filter((one) => one.at <= at && one.at > at - SECONDS_KEPT * 1_000);
    const sum = (figure: (one: Sample) => number): number =>
      Math.round(shown.reduce((total, one) => total + (figure(one) * strideMs) / 1_000, 0));
    return {
      at,
      sample: silent ? null : sample,
      frames,
      lost: sum((one) => one.lostPerSecond),
      retries: sum((one) => one.retriesPerSecond),
    };
  }

  #stateOf(at: number, fleet: Fleet, second: Second, incidents: IncidentView[]): State | null {
    const { moment, ring } = fleet;
    if (moment === null || ring === null) return null;
    const { sample, lost, retries } = second;
    const figures = new Map(sample?.replicas.map((replica) => [replica.seat, replica]));
    return {
      sequence: 0,
      at,
      balancer: { ...this.#balancer, bootId: moment.bootId },
      desired: ring.members.length,
      ring,
      replicas: moment.seats.map((seat) => replicaOf(seat, figures.get(seat.seat))),
      totals: { ...NO_FIGURES, ...trafficOf(sample), lost, spilled: 0, retries, serving: servingCount(moment) },
      incidents,
      // Alerts are kept apart, and have a page of their own.
      alerts: [],
    };
  }
}

/** Members that could serve. */
function servingCount({ ring, seats }: FleetMoment): number {
  const up = new Set(seats.filter(({ available }) => available).map(({ seat }) => seat));
  return ring.members.filter(({ seat }) => up.has(seat)).length;
}

function sameServing(before: FleetMoment | null, after: FleetMoment): boolean {
  if (before === null || before.ring !== after.ring) return false;
  const words = ({ seats }: FleetMoment): string => seats.map(({ seat, available }) => `${seat}${available}`).join();
  return words(before) === words(after);
}

function trafficOf(sample: Pick<Sample, 'requestsPerSecond' | 'inFlight' | 'p50Ms' | 'p99Ms'> | null | undefined) {
  if (sample === null || sample === undefined) return {};
  const { requestsPerSecond, inFlight, p50Ms, p99Ms } = sample;
  return { requestsPerSecond, inFlight: Math.round(inFlight), p50Ms, p99Ms };
}

function replicaOf(seat: SeatMoment, sample: Sample['replicas'][number] | undefined): ReplicaView {
  const { cpuPercent = null, memoryBytes = null } = sample ?? {};
  const known = cpuPercent !== null && memoryBytes !== null;
  return {
    ...seat,
    traffic: { ...NO_FIGURES, ...trafficOf(sample) },
    resources: known ? { cpuPercent, memoryBytes, memoryLimitBytes: null } : null,
  };
}

/** A sample of ten seconds or a minute speaks for each of its seconds. */
function everySecond({ samples: { samples, strideMs } }: Past): SecondFrame[] {
  const totals = { ...NO_FIGURES, lost: 0, spilled: 0, serving: 0 };
  const frames = framesOf(samples, { replicas: [], totals });
  const seconds = Math.max(1, Math.round(strideMs / 1_000));
  return frames.flatMap((frame) => Array.from({ length: seconds }, (_, n) => ({ ...frame, at: frame.at + n * 1_000 })));
}

/** How many of the first are not after a moment. */
function upTo(ordered: readonly { readonly at: number }[], at: number): number {
  const next = ordered.findIndex((one) => one.at > at);
  return next === -1 ? ordered.length : next;
}

/** Newest first. Numbered over all boots here, as a replay may show several. */
function eventsAt(events: readonly StoredEvent[], at: number): LifecycleEvent[] {
  const end = upTo(events, at);
  return events
    .slice(Math.max(0, end - EVENTS_KEPT), end)
    .reverse()
    .map((event) => ({ ...event, sequence: event.id }));
}

/** Steps that had not happened yet are open; of requests only the final count was kept. */
function incidentsAt(incidents: readonly IncidentView[], at: number): IncidentView[] {
  const begun = incidents.filter((incident) => incident.at <= at).slice(0, INCIDENTS_SHOWN);
  return begun.map((incident) => {
    const step = (ms: number | null): number | null => (ms !== null && incident.at + ms <= at ? ms : null);
    return {
      ...incident,
      noticedMs: step(incident.noticedMs),
      outOfRotationMs: step(incident.outOfRotationMs),
      newInstanceMs: step(incident.newInstanceMs),
      servingMs: step(incident.servingMs),
      firstRequestMs: step(incident.firstRequestMs),
    };
  });
}

function sameIncidents(before: readonly IncidentView[] = [], after: readonly IncidentView[]): boolean {
  const words = (incidents: readonly IncidentView[]): string =>
    incidents
      .map(({ id, noticedMs, outOfRotationMs, newInstanceMs, servingMs, firstRequestMs }) =>
        [id, noticedMs, outOfRotationMs, newInstanceMs, servingMs, firstRequestMs].join(),
      )
      .join(';');
  return words(before) === words(after);
}

/** In its first second a balancer has no sample yet. */
function isRecent({ changes }: Past, count: number, at: number): boolean {
  const last = changes[count - 1];
  return last !== undefined && at - last.at < SILENCE_MS;
}
