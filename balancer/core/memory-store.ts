import { type HistoryQuery, isAbout, type PreviousLog, type StoredEvent } from '../../lib/api/admin.ts';
import type { LifecycleEvent } from '../../lib/api/events.ts';
import { SAMPLE_STEPS, type Sample } from '../../lib/api/samples.ts';
import type { IncidentView } from '../../lib/api/state.ts';
import { MemoryAlertStore } from './alerts/memory-alert-store.ts';
import {
  EVENT_RETENTION,
  type FleetRecord,
  INCIDENT_RETENTION,
  isBeginning,
  type LoadedFleet,
  type SampleRange,
  type Store,
  TIMELINE_KEPT_MS,
  TIMELINE_RETENTION,
  type TimelineEntry,
  type TimelineRange,
} from './store.ts';

/** Keeps everything in memory, with the retention of the file. Pure, so it lives here: there is nothing to adapt to. */
export class MemoryStore implements Store {
  readonly alerts = new MemoryAlertStore();
  #fleet: FleetRecord | null = null;
  #events: StoredEvent[] = [];
  #incidents = new Map<string, IncidentView>();
  readonly #previousLogs = new Map<string, PreviousLog>();
  readonly #samples = new Map<number, readonly Sample[]>();
  #timeline: TimelineEntry[] = [];
  #lastId = 0;
  readonly #damage: string | null;

  /** `damage`: why what was kept before cannot be read. */
  constructor(damage: string | null = null) {
    this.#damage = damage;
  }

  loadFleet(): LoadedFleet {
    if (this.#fleet !== null) return { kind: 'found', record: this.#fleet };
    return this.#damage === null ? { kind: 'empty' } : { kind: 'damaged', detail: this.#damage };
  }

  saveFleet(record: FleetRecord): { ok: true } {
    this.#fleet = record.ring.members.length === 0 ? null : record;
    const members = new Set(record.ring.members.map(({ name }) => name));
    for (const name of this.#previousLogs.keys()) if (!members.has(name)) this.#previousLogs.delete(name);
    return { ok: true };
  }

  appendEvent(bootId: string, event: LifecycleEvent): void {
    this.#events.push({ ...event, id: ++this.#lastId, bootId });
    if (this.#events.length > EVENT_RETENTION) this.#events.shift();
  }

  events(query: HistoryQuery): readonly StoredEvent[] {
    const { after, before, from, to, limit, replica, kind, about } = query;
    const found = this.#events.filter(
      (event) =>
        (after === undefined || event.id > after) &&
        (before === undefined || event.id < before) &&
        (from === undefined || event.at >= from) &&
        (to === undefined || event.at <= to) &&
        (replica === undefined || event.replica === replica) &&
        (kind === undefined || event.kind === kind) &&
        (about === undefined || isAbout(event, about)),
    );
    return after === undefined ? found.slice(-limit) : found.slice(0, limit);
  }

  saveIncident(incident: IncidentView): void {
    this.#incidents.set(incident.id, incident);
    const [oldest] = this.#incidents.keys();
    if (this.#incidents.size > INCIDENT_RETENTION && oldest !== undefined) this.#incidents.delete(oldest);
  }

  incidents(limit: number, to = Number.POSITIVE_INFINITY): readonly IncidentView[] {
    return [...this.#incidents.values()]
      .filter(({ at }) => at <= to)
      .reverse()
      .slice(0, limit);
  }

  savePreviousLog(replica: string, log: PreviousLog): void {
    this.#previousLogs.set(replica, log);
  }

  previousLog(replica: string): PreviousLog | null {
    return this.#previousLogs.get(replica) ?? null;
  }

  appendSample(stepMs: number, sample: Sample): void {
    const keptMs = SAMPLE_STEPS.find((step) => step.stepMs === stepMs)?.keptMs ?? 0;
    const kept = (this.#samples.get(stepMs) ?? []).filter(({ at }) => at > sample.at - keptMs && at !== sample.at);
    kept.push(sample);
    this.#samples.set(
      stepMs,
      kept.sort((a, b) => a.at - b.at),
    );
  }

  lastSampleAt(stepMs: number): number | null {
    return this.#samples.get(stepMs)?.at(-1)?.at ?? null;
  }

  samples({ stepMs, from, to }: SampleRange): readonly Sample[] {
    const all = this.#samples.get(stepMs) ?? [];
    return all.filter(({ at }) => at >= from && at < to);
  }

  appendTimeline(entry: TimelineEntry): void {
    this.#timeline.push(entry);
    if (!isBeginning(entry)) return;
    const kept = this.#timeline.length - TIMELINE_RETENTION;
    const first = this.#timeline.findLastIndex(
      (line, index) => isBeginning(line) && (index <= kept || line.at <= entry.at - TIMELINE_KEPT_MS),
    );
    if (first > 0) this.#timeline = this.#timeline.slice(first);
  }

  timeline({ from, to, limit }: TimelineRange): readonly TimelineEntry[] {
    const first = this.#timeline.findLastIndex((line) => isBeginning(line) && line.at <= from);
    return this.#timeline
      .slice(Math.max(0, first))
      .filter(({ at }) => at <= to)
      .slice(0, limit);
  }

  close(): void {
    // Nothing is held outside.
  }
}
