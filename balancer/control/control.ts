import type {
  ChangeResult,
  HistoryPage,
  HistoryQuery,
  IncidentsQuery,
  KeyInspection,
  Preview,
  PreviewQuery,
  PreviousLog,
  ReplicaAction,
  SlotInspection,
} from '../../lib/api/admin.ts';
import type { ChangeRequest, ReplicaList } from '../../lib/api/contract.ts';
import { accepted, type Result, refused } from '../../lib/api/errors.ts';
import type { SecondFrame } from '../../lib/api/events.ts';
import type { SamplesPage, SamplesQuery } from '../../lib/api/samples.ts';
import type { IncidentView, ReplicaView, State } from '../../lib/api/state.ts';
import type { TimelinePage, TimelineQuery } from '../../lib/api/timeline.ts';
import type { AlertBoard } from '../core/alerts/alert-board.ts';
import type { ControlPlane, Deed, EventFeed } from '../core/control-plane.ts';
import type { FleetMetrics, MetricsPage } from '../core/metrics-page.ts';
import type { LogLine, LogQuery } from '../core/ports.ts';
import type { Reading } from '../core/sample.ts';
import type { Alerting } from './alerts/alerting.ts';
import type { Feed } from './event-feed.ts';
import { lookAtKey, lookAtSlot, previewOf } from './inspection.ts';
import type { Journal } from './journal.ts';
import { historyOf, samplesOf, timelineOf } from './past.ts';
import type { FleetSettings } from './settings.ts';
import { type ViewParts, viewReplica, viewRing } from './views.ts';

export interface ControlParts extends ViewParts {
  readonly feed: Feed;
  readonly journal: Journal;
  readonly metricsPage: MetricsPage;
  readonly settings: FleetSettings;
  readonly alerting: Alerting;
}

/** What the REST API asks of the balancer, answered from the fleet and its records. */
export class Control implements ControlPlane {
  readonly #parts: ControlParts;

  constructor(parts: ControlParts) {
    this.#parts = parts;
  }

  get feed(): EventFeed {
    return this.#parts.feed;
  }

  get alerts(): AlertBoard {
    return this.#parts.alerting.desk;
  }

  list(): ReplicaList {
    const replicas = [...this.#parts.fleet.servingNames()];
    return { message: { N: replicas.length, replicas }, status: 'successful' };
  }

  replicas(): readonly ReplicaView[] {
    return this.#parts.fleet.seats().map((seat) => viewReplica(seat, this.#parts));
  }

  state(): State {
    const { fleet, journal, settings, feed, alerting } = this.#parts;
    const { clock, runtime } = settings;
    return {
      sequence: feed.latest(),
      at: clock.wallTime(),
      balancer: {
        version: settings.version,
        bootId: feed.bootId,
        startedAt: settings.startedAt,
        workers: settings.workers,
        key: settings.key,
        runtime: { kind: runtime.kind, detail: runtime.detail, reachable: fleet.runtimeReachable },
      },
      desired: fleet.ring.members.length,
      ring: viewRing(fleet),
      replicas: [...this.replicas()],
      totals: this.#totals(),
      incidents: [...journal.recent],
      alerts: [...alerting.active()],
    };
  }

  /** The once-a-second message. */
  secondFrame(): SecondFrame {
    const replicas = this.replicas().map(({ name, seat, traffic, resources }) => ({ name, seat, traffic, resources }));
    return { at: this.#parts.settings.clock.wallTime(), totals: this.#totals(), replicas };
  }

  async add(request: ChangeRequest, actor: string): Promise<Result<ChangeResult>> {
    return this.#changed(await this.#parts.fleet.add(request, actor));
  }

  async remove(request: ChangeRequest, actor: string): Promise<Result<ChangeResult>> {
    return this.#changed(await this.#parts.fleet.remove(request, actor));
  }

  async act(name: string, action: ReplicaAction, actor: string): Promise<Result<ReplicaView>> {
    const done = await this.#parts.fleet.act(name, action, actor);
    return done.ok ? accepted(viewReplica(done.value, this.#parts)) : done;
  }

  preview(query: PreviewQuery): Result<Preview> {
    return previewOf(this.#parts.fleet, query);
  }

  inspectSlot(slot: number): SlotInspection {
    return lookAtSlot(this.#parts.fleet, slot);
  }

  inspectKey(key: string): KeyInspection {
    return lookAtKey(this.#parts.fleet, key);
  }

  incidents({ limit, to }: IncidentsQuery): readonly IncidentView[] {
    return this.#parts.settings.store.incidents(limit, to);
  }

  history(query: HistoryQuery): HistoryPage {
    return historyOf(this.#parts.settings.store, query);
  }

  samples(query: SamplesQuery): SamplesPage {
    const { store, clock } = this.#parts.settings;
    return samplesOf(store, query, clock.wallTime());
  }

  timeline(query: TimelineQuery): TimelinePage {
    const { store, clock } = this.#parts.settings;
    return timelineOf(store, query, clock.wallTime());
  }

  /** What a sample is made of. */
  reading(): Reading {
    return { totals: this.#totals(), replicas: this.replicas(), latency: this.#parts.meter.lastSecond };
  }

  logs(name: string, query: LogQuery, signal: AbortSignal): Result<AsyncIterable<LogLine>> {
    const { fleet, settings } = this.#parts;
    const seat = fleet.named(name);
    if (seat === undefined) return refused('no-such-replica', `There is no replica '${name}'`);
    if (!settings.runtime.abilities.logs) return refused('unsupported', 'This runtime keeps no logs');
    if (seat.instance === null) return refused('conflict', `${name} has no instance now`);
    return accepted(settings.runtime.logs(seat.instance.id, query, signal));
  }

  async previousLog(name: string): Promise<Result<PreviousLog | null>> {
    const { fleet, settings } = this.#parts;
    const seat = fleet.named(name);
    if (seat === undefined) return refused('no-such-replica', `There is no replica '${name}'`);
    if (!settings.runtime.abilities.logs) return refused('unsupported', 'This runtime keeps no logs');
    return accepted(await seat.lastWords());
  }

  note(deed: Deed): void {
    const severity = deed.kind === 'sign-in-failed' ? 'warning' : 'info';
    this.#parts.journal.write({ ...deed, severity });
  }

  ready(): boolean {
    const { fleet } = this.#parts;
    return fleet.settled && (fleet.ring.members.length === 0 || fleet.servingNames().length > 0);
  }

  metrics(): Promise<string> {
    return this.#parts.metricsPage.render(this.#figures());
  }

  #figures(): FleetMetrics {
    const { fleet, journal, settings, feed, alerting } = this.#parts;
    const totals = settings.plane.totals();
    const replicas = fleet.seats().map((seat) => ({
      view: viewReplica(seat, this.#parts),
      totals: totals.seats.find((other) => other.seat === seat.seat) ?? null,
      latency: settings.plane.latency(seat.seat),
    }));
    return {
      replicas,
      totals,
      desired: fleet.ring.members.length,
      serving: fleet.servingNames().length,
      ringEpoch: fleet.ring.epoch,
      runtimeReachable: fleet.runtimeReachable,
      streamClients: feed.readers,
      version: settings.version,
      recoveriesMs: journal.recoveriesMs,
      alerts: alerting.active(),
      webhookDeliveriesWaiting: alerting.waiting(),
    };
  }

  #totals(): State['totals'] {
    return { ...this.#parts.meter.fleet, serving: this.#parts.fleet.servingNames().length };
  }

  #changed(result: Result<readonly string[]>): Result<ChangeResult> {
    if (!result.ok) return result;
    const names = [...result.value];
    return accepted({ names, replicas: this.replicas().filter(({ name }) => names.includes(name)) });
  }
}
