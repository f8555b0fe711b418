import type { TrafficFrame } from '#lib/api/events.ts';
import type { LiveView } from './view.ts';

/** Where a page gets what it shows: from what happens now, or from what happened then. */
export interface ViewSource {
  /** Returns its own end. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly view: () => LiveView;
  /** The view that the first paint in the browser has to repeat. */
  initial(): LiveView;
  onTraffic(listener: (frame: TrafficFrame) => void): () => void;
  /** The moment that is shown, by the balancer's clock, ms. */
  now(): number;
  /** Whether time goes on by itself; else it moves with what is shown. */
  readonly ticking: boolean;
}
