import type { HistoryQuery, PreviousLog, StoredEvent } from '../../lib/api/admin.ts';
import type { LifecycleEvent } from '../../lib/api/events.ts';
import type { Sample } from '../../lib/api/samples.ts';
import type { IncidentView } from '../../lib/api/state.ts';
import type { FleetMoment, TimelineChange } from '../../lib/api/timeline.ts';
import type { Ring } from '../../lib/ring/types.ts';
import type { AlertStore } from './alerts/alert-store.ts';

/** What was asked for, and what the next change starts from. */
export interface FleetRecord {
  readonly ring: Ring;
  /** Names set aside by an operator. */
  readonly drained: readonly string[];
}

export type LoadedFleet =
  | { readonly kind: 'found'; readonly record: FleetRecord }
  /** Nothing was ever saved here. */
  | { readonly kind: 'empty' }
  /** What was saved cannot be read; it was moved aside for people to look at. */
  | { readonly kind: 'damaged'; readonly detail: string };

/** Wall times in ms: from <= at < to. */
export interface SampleRange {
  readonly stepMs: number;
  readonly from: number;
  readonly to: number;
}

/** A line of the ring's timeline: a change, or now and then everything, so that no reader begins at the very first. */
export type TimelineEntry =
  | TimelineChange
  | { readonly kind: 'whole'; readonly at: number; readonly moment: FleetMoment };

/** True for lines that need none before them. */
export function isBeginning({ kind }: TimelineEntry): boolean {
  return kind === 'whole' || kind === 'boot';
}

/** Wall times in ms, both inclusive; at most `limit` lines. */
export interface TimelineRange {
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}

/**
 * Keeps what must outlive the balancer. Implementations: a node:sqlite file, memory. Nothing here throws: a full disk
 * costs history, never a request. `saveFleet` says whether the record is safe.
 */
export interface Store {
  readonly alerts: AlertStore;
  loadFleet(): LoadedFleet;
  /** Also forgets the logs of replicas that are no members any more. */
  saveFleet(record: FleetRecord): { readonly ok: true } | { readonly ok: false; readonly reason: string };
  /** Kept until more than the retention's newer ones exist. May be written a moment later. */
  appendEvent(bootId: string, event: LifecycleEvent): void;
  /** Oldest first; without `after`, the newest ones. */
  events(query: HistoryQuery): readonly StoredEvent[];
  saveIncident(incident: IncidentView): void;
  /** Newest first; `to` is wall time in ms, inclusive. */
  incidents(limit: number, to?: number): readonly IncidentView[];
  /** The newer replaces the older. May be written a moment later. */
  savePreviousLog(replica: string, log: PreviousLog): void;
  /** Null without one. */
  previousLog(replica: string): PreviousLog | null;
  /** `stepMs` is one of SAMPLE_STEPS; kept for as long as that says. A second one of the same time replaces the first. */
  appendSample(stepMs: number, sample: Sample): void;
  /** Wall time of the newest sample of a step, ms; null without one. */
  lastSampleAt(stepMs: number): number | null;
  /** Oldest first. */
  samples(range: SampleRange): readonly Sample[];
  /** Kept for TIMELINE_KEPT_MS and at most TIMELINE_RETENTION newer lines, from a beginning on. `at` never falls. */
  appendTimeline(entry: TimelineEntry): void;
  /** Oldest first, from the last beginning that is not after `from`, or from the oldest line there is. */
  timeline(range: TimelineRange): readonly TimelineEntry[];
  /** Writes what waits and closes; closing twice is fine. */
  close(): void;
}

/** Events kept. */
export const EVENT_RETENTION = 50_000;
/**
 * Lines of the timeline kept, and for how long: as samples are. They are never thinned out: a line is 300 bytes, and an
 * outage of a third of a second is what one looks for.
 */
export const TIMELINE_RETENTION = 100_000;
export const TIMELINE_KEPT_MS = 30 * 24 * 3_600_000;
/** Incidents kept. */
export const INCIDENT_RETENTION = 2_000;
