import type { AlertView } from '#lib/api/alerts.ts';
import type { LifecycleEvent, SecondFrame, StreamMessage } from '#lib/api/events.ts';
import type { IncidentView, ReplicaView, RingView, State } from '#lib/api/state.ts';
import { EVENTS_KEPT, type LiveView, SECONDS_KEPT } from './view.ts';

const INCIDENTS_KEPT = 10;

/** The view after one message of the stream. Messages seen twice (after a resume) change nothing. */
export function reduce(view: LiveView, message: StreamMessage): LiveView {
  if (message.type === 'hello') return withHello(view, message.data);
  if (message.type === 'event') return withEvent(view, message.data);
  if (view.state === null) return view;
  const next = withChange(view, view.state, message);
  return next === view ? view : next;
}

function withChange(view: LiveView, state: State, message: StreamMessage): LiveView {
  switch (message.type) {
    case 'replica':
      return { ...view, state: { ...state, replicas: withReplica(state.replicas, message.data) } };
    case 'replica-gone':
      return { ...view, state: { ...state, replicas: state.replicas.filter((r) => r.seat !== message.data.seat) } };
    case 'ring':
      return withRing(view, state, message.data);
    case 'incident':
      return { ...view, state: withFailure(state, message.data) };
    case 'alert':
      return { ...view, state: { ...state, alerts: withAlert(state.alerts, message.data) } };
    case 'alert-settings':
      return { ...view, alertSettings: view.alertSettings + 1 };
    case 'second':
      return withSecond(view, state, message.data);
    default:
      return view;
  }
}

function withHello(view: LiveView, state: State): LiveView {
  const sameBoot = view.state?.balancer.bootId === state.balancer.bootId;
  return {
    ...view,
    state,
    lastAt: state.at,
    events: sameBoot || view.state === null ? view.events : [],
    previousRing: previousRing(view, state.ring),
  };
}

function withEvent(view: LiveView, event: LifecycleEvent): LiveView {
  if (view.events.some((known) => known.sequence === event.sequence)) return view;
  const events = [event, ...view.events];
  if (events.length > 1 && event.sequence < (events[1]?.sequence ?? 0)) events.sort((a, b) => b.sequence - a.sequence);
  return { ...view, events: events.slice(0, EVENTS_KEPT) };
}

function withReplica(replicas: readonly ReplicaView[], changed: ReplicaView): ReplicaView[] {
  const known = replicas.some((replica) => replica.seat === changed.seat);
  if (!known) return [...replicas, changed];
  return replicas.map((replica) => (replica.seat === changed.seat ? changed : replica));
}

function previousRing(view: LiveView, ring: RingView): RingView | null {
  const before = view.state?.ring;
  return before !== undefined && before.epoch !== ring.epoch ? before : view.previousRing;
}

function withRing(view: LiveView, state: State, ring: RingView): LiveView {
  return { ...view, previousRing: previousRing(view, ring), state: { ...state, ring } };
}

/** A failure is told at once, totals each second: they never say less than it does. */
function withFailure(state: State, incident: IncidentView): State {
  const totals = atLeast(state.totals, incident.lost, incident.retried);
  return { ...state, totals, incidents: withIncident(state.incidents, incident) };
}

/** What is counted only grows; a second may have been counted just before a failure that was told first. */
function atLeast(totals: State['totals'], lost: number, retries: number): State['totals'] {
  return { ...totals, lost: Math.max(totals.lost, lost), retries: Math.max(totals.retries, retries) };
}

function withIncident(incidents: readonly IncidentView[], changed: IncidentView): IncidentView[] {
  const others = incidents.filter((incident) => incident.id !== changed.id);
  return [changed, ...others].sort((a, b) => b.at - a.at).slice(0, INCIDENTS_KEPT);
}

/** Firing first, the worse first, then the newest; what ended goes. */
function withAlert(alerts: readonly AlertView[], changed: AlertView): AlertView[] {
  const others = alerts.filter((alert) => alert.id !== changed.id);
  return (changed.state === 'resolved' ? others : [...others, changed]).sort(
    (a, b) => weightOf(a) - weightOf(b) || b.startsAt - a.startsAt,
  );
}

function weightOf({ state, rule }: AlertView): number {
  return (state === 'firing' ? 0 : 2) + (rule.severity === 'critical' ? 0 : 1);
}

function withSecond(view: LiveView, state: State, frame: SecondFrame): LiveView {
  const figures = new Map(frame.replicas.map((replica) => [replica.seat, replica]));
  const replicas = state.replicas.map((replica) => {
    const now = figures.get(replica.seat);
    return now === undefined ? replica : { ...replica, traffic: now.traffic, resources: now.resources };
  });
  return {
    ...view,
    lastAt: frame.at,
    seconds: [...view.seconds, frame].slice(-SECONDS_KEPT),
    state: { ...state, at: frame.at, totals: atLeast(frame.totals, state.totals.lost, state.totals.retries), replicas },
  };
}
