import type { IncidentView } from '../../lib/api/state.ts';

/** The fleet's cumulative counters at one moment. */
export interface Counters {
  readonly requests: number;
  readonly retried: number;
  readonly lost: number;
}

export const INCIDENT_STEPS = ['noticedMs', 'outOfRotationMs', 'newInstanceMs', 'servingMs', 'firstRequestMs'] as const;
export type IncidentStep = (typeof INCIDENT_STEPS)[number];

/** One failure, from its first sign to the first request its successor answered. */
export interface Incident {
  readonly view: IncidentView;
  readonly seat: number;
  /** Monotonic time of its start, ms. */
  readonly startedAt: number;
  /** As they were before its first failed request. */
  readonly before: Counters;
}

export interface IncidentStart {
  readonly id: string;
  readonly replica: string;
  readonly seat: number;
  readonly cause: string;
  readonly now: number;
  readonly wallTime: number;
  /** Before the first failed request; requests may have failed before anybody noticed why. */
  readonly before: Counters;
  readonly counters: Counters;
}

export function openIncident(start: IncidentStart): Incident {
  const { id, replica, cause, seat, before, counters } = start;
  const steps = { noticedMs: null, outOfRotationMs: null, newInstanceMs: null, servingMs: null, firstRequestMs: null };
  const view = { id, replica, cause, at: start.wallTime, ...steps, ...countedSince(before, counters) };
  return { view, seat, startedAt: start.now, before };
}

/** Stops the watch of one step, once, and brings the counters up to date. */
export function recordStep(incident: Incident, step: IncidentStep, now: number, counters: Counters): Incident {
  const at = incident.view[step] ?? Math.round((now - incident.startedAt) * 10) / 10;
  return { ...incident, view: { ...incident.view, [step]: at, ...countedSince(incident.before, counters) } };
}

/** Brings the counters up to date while no step is taken. */
export function recount(incident: Incident, counters: Counters): Incident {
  return { ...incident, view: { ...incident.view, ...countedSince(incident.before, counters) } };
}

function countedSince(before: Counters, now: Counters): Counters {
  const lost = now.lost - before.lost;
  return {
    // A request that had come before and is lost after is one of its requests too: else 52 of 51 would be lost.
    requests: Math.max(now.requests - before.requests, lost),
    retried: now.retried - before.retried,
    lost,
  };
}
