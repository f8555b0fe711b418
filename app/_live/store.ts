import type { LifecycleEvent, SecondFrame, StreamMessage, TrafficFrame } from '#lib/api/events.ts';
import type { State } from '#lib/api/state.ts';
import { reduce } from './reduce.ts';
import { type Connection, EMPTY_VIEW, type LiveView, SECONDS_KEPT } from './view.ts';
import type { ViewSource } from './view-source.ts';

/** What the clock and the screen are to the store, so that tests can be both. */
export interface StoreHost {
  /** Wall time of this browser, ms. */
  readonly wallTime: () => number;
  /** Runs `publish` before the next paint, or soon when the page is hidden. */
  readonly schedule: (publish: () => void) => void;
}

/**
 * Holds the live view outside React. Messages that arrive between two paints become one change of the view;
 * traffic frames never touch it and go to their own listeners (the canvas).
 */
export class LiveStore implements ViewSource {
  readonly ticking = true;
  readonly #host: StoreHost;
  readonly #listeners = new Set<() => void>();
  readonly #trafficListeners = new Set<(frame: TrafficFrame) => void>();
  readonly #initial: LiveView;
  #view: LiveView;
  #next: LiveView;
  #scheduled = false;
  /** This browser's clock minus the balancer's, ms. */
  #skewMs = 0;
  #lastId: string | null;

  constructor(host: StoreHost, initial: State | null, events: readonly LifecycleEvent[]) {
    this.#host = host;
    this.#initial = { ...EMPTY_VIEW, state: initial, events, lastAt: initial?.at ?? null };
    this.#view = this.#initial;
    this.#next = this.#view;
    this.#lastId = initial === null ? null : `${initial.balancer.bootId}-${initial.sequence}`;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly view = (): LiveView => this.#view;

  /** The view the server rendered. */
  initial(): LiveView {
    return this.#initial;
  }

  onTraffic(listener: (frame: TrafficFrame) => void): () => void {
    this.#trafficListeners.add(listener);
    return () => this.#trafficListeners.delete(listener);
  }

  /** Now, by the balancer's clock: what event times are compared with. */
  now(): number {
    return this.#host.wallTime() - this.#skewMs;
  }

  /** The SSE id of the last message that had one: where a stream resumes. */
  lastId(): string | null {
    return this.#lastId;
  }

  /** `id` is the message's SSE id, empty for frames. */
  accept(message: StreamMessage, id: string): void {
    if (id !== '') this.#lastId = id;
    if (message.type === 'traffic') {
      for (const listener of this.#trafficListeners) listener(message.data);
      return;
    }
    if (message.type === 'second' || message.type === 'hello') this.#skewMs = this.#host.wallTime() - message.data.at;
    this.#replace(reduce(this.#next, message));
  }

  /** Puts frames of before the page was opened in front of those it has seen itself. */
  seed(frames: readonly SecondFrame[]): void {
    const first = this.#next.seconds[0]?.at ?? Number.POSITIVE_INFINITY;
    // A sample is stamped with the beginning of its second: the last one may be the first frame again.
    const earlier = frames.filter((frame) => frame.at < first - 1_000);
    this.#replace({ ...this.#next, seconds: [...earlier, ...this.#next.seconds].slice(-SECONDS_KEPT) });
  }

  connect(connection: Connection): void {
    if (this.#next.connection !== connection) this.#replace({ ...this.#next, connection });
  }

  #replace(next: LiveView): void {
    if (next === this.#next) return;
    this.#next = next;
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#host.schedule(() => {
      this.#scheduled = false;
      this.#view = this.#next;
      for (const listener of this.#listeners) listener();
    });
  }
}
