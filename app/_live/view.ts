import type { LifecycleEvent, SecondFrame } from '#lib/api/events.ts';
import type { RingView, State } from '#lib/api/state.ts';

/**
 * How far what is on the page can be trusted.
 * connecting: no message yet · live · stale: the stream is open but silent · reconnecting: the stream was cut ·
 * balancer-down: the panel answers, the balancer does not · signed-out: the session ended · past: on purpose not now.
 */
export type Connection = 'connecting' | 'live' | 'stale' | 'reconnecting' | 'balancer-down' | 'signed-out' | 'past';

/** Everything the page shows, replaced and never mutated. */
export interface LiveView {
  readonly connection: Connection;
  /** Wall time of the last message, ms by the balancer's clock; null before the first. */
  readonly lastAt: number | null;
  readonly state: State | null;
  /** Newest first. */
  readonly events: readonly LifecycleEvent[];
  /** The ring before its last change seen here: what the "change" mode compares with. */
  readonly previousRing: RingView | null;
  /** Oldest first, one a second, at most SECONDS_KEPT. */
  readonly seconds: readonly SecondFrame[];
  /** Grows when rules, silences or webhooks are not as they were: ask for them again. */
  readonly alertSettings: number;
}

export const EVENTS_KEPT = 500;
export const SECONDS_KEPT = 120;

export const EMPTY_VIEW: LiveView = {
  connection: 'connecting',
  lastAt: null,
  state: null,
  events: [],
  previousRing: null,
  seconds: [],
  alertSettings: 0,
};
