import type { ReplicaStatus } from '../../lib/api/state.ts';
import type { Health } from './health.ts';
import type { Instance } from './ports.ts';

/** What keeps a live instance out of rotation, or not, beside its health. */
export interface Conditions {
  /** `outside`: somebody paused the container behind our back. */
  readonly paused: 'no' | 'by-operator' | 'outside';
  /** Set aside by an operator: no new requests until it is returned. */
  readonly drained: boolean;
  /** A worker saw its connections refused, and the confirming probe has not answered yet. */
  readonly suspected: string | null;
  /** Why outlier detection holds it out; null when it does not. */
  readonly ejected: string | null;
}

export const CLEAR: Conditions = { paused: 'no', drained: false, suspected: null, ejected: null };

/** One seat, at any moment in exactly one of these. */
export type SeatState =
  /** The runtime was asked to start an instance. */
  | { readonly kind: 'starting'; readonly replaces: string | null }
  /** The next start waits for its back-off, or for the runtime to answer again. */
  | { readonly kind: 'waiting'; readonly reason: string; readonly looping: boolean }
  /** An instance runs; whether it may serve, its health and conditions say. */
  | {
      readonly kind: 'live';
      readonly instance: Instance;
      readonly health: Health;
      readonly conditions: Conditions;
      /** Why its predecessor went; null for a seat's first instance. */
      readonly replaces: string | null;
    }
  /** Being stopped and started again by an operator. */
  | { readonly kind: 'restarting'; readonly instance: Instance }
  /** Off the ring; finishes the requests it has, then ends. */
  | { readonly kind: 'leaving'; readonly instance: Instance | null };

/** May the picker choose it? */
export function isAvailable(state: SeatState): boolean {
  if (state.kind !== 'live' || state.health.standing !== 'good') return false;
  const { paused, drained, suspected, ejected } = state.conditions;
  return paused === 'no' && !drained && suspected === null && ejected === null;
}

/** Something is being started or stopped for it now, or about to serve. */
export function isInTransition(state: SeatState): boolean {
  if (state.kind === 'live') return state.health.standing === 'unproven';
  return state.kind !== 'waiting';
}

export function instanceOf(state: SeatState): Instance | null {
  return 'instance' in state ? state.instance : null;
}

export interface StatusView {
  readonly status: ReplicaStatus;
  /** Plain words; null when it simply serves. */
  readonly reason: string | null;
}

function failures(health: Health): string {
  const probes = health.failures === 1 ? '1 probe' : `${health.failures} probes`;
  return `${probes} failed: ${health.reason ?? 'no answer'}`;
}

type Live = SeatState & { readonly kind: 'live' };

function unprovenStatus({ health, replaces }: Live): StatusView {
  const failed = health.reason === null ? '' : ` (${health.reason})`;
  return replaces === null
    ? { status: 'starting', reason: `waiting for its first good probe${failed}` }
    : { status: 'replacing', reason: `${replaces}; waiting for the new instance's first good probe${failed}` };
}

/** An operator's wish first, then what is wrong with it, the worst first. */
function liveStatus(state: Live): StatusView {
  const { paused, drained, suspected, ejected } = state.conditions;
  const { health } = state;
  if (paused === 'outside') return { status: 'paused', reason: 'paused from outside' };
  if (paused === 'by-operator') return { status: 'paused', reason: 'paused by operator' };
  if (drained) return { status: 'draining', reason: 'drained by operator' };
  if (health.standing === 'unproven') return unprovenStatus(state);
  if (health.standing === 'bad') return { status: 'down', reason: failures(health) };
  if (suspected !== null) return { status: 'down', reason: suspected };
  if (ejected !== null) return { status: 'ejected', reason: ejected };
  return health.failures > 0 ? { status: 'degraded', reason: failures(health) } : { status: 'serving', reason: null };
}

/** How a seat is shown. */
export function statusOf(state: SeatState): StatusView {
  switch (state.kind) {
    case 'starting':
      return state.replaces === null
        ? { status: 'starting', reason: 'starting its first instance' }
        : { status: 'replacing', reason: `${state.replaces}; a new instance is starting` };
    case 'waiting':
      return { status: state.looping ? 'crash-looping' : 'down', reason: state.reason };
    case 'live':
      return liveStatus(state);
    case 'restarting':
      return { status: 'replacing', reason: 'restarted by operator' };
    case 'leaving':
      return { status: 'draining', reason: 'removed; finishing its requests' };
  }
}
