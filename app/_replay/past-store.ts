import { EMPTY_VIEW, type LiveView } from '../_live/view.ts';
import type { ViewSource } from '../_live/view-source.ts';

/** Puts a moment of the past where pages look for the present. */
export class PastStore implements ViewSource {
  readonly ticking = false;
  readonly #listeners = new Set<() => void>();
  #view: LiveView = { ...EMPTY_VIEW, connection: 'past' };
  #at = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly view = (): LiveView => this.#view;

  initial(): LiveView {
    return this.#view;
  }

  /** Of single requests nothing is kept. */
  onTraffic(): () => void {
    return () => undefined;
  }

  now(): number {
    return this.#at;
  }

  show(view: LiveView, at: number): void {
    if (view === this.#view && at === this.#at) return;
    this.#view = view;
    this.#at = at;
    for (const listener of this.#listeners) listener();
  }
}
