import type { StreamMessage } from '../../lib/api/events.ts';
import type { EventFeed, NumberedMessage, Resumption } from '../core/control-plane.ts';

/** Lifecycle messages held for clients that come back. */
const HELD = 1_000;

/** Numbers lifecycle messages, holds the latest ones, and hands everything to whoever listens. */
export class Feed implements EventFeed {
  readonly bootId: string;
  readers = 0;
  readonly #held: NumberedMessage[] = [];
  readonly #listeners = new Set<(message: NumberedMessage) => void>();
  #latest = 0;

  constructor(bootId: string) {
    this.bootId = bootId;
  }

  get hasListeners(): boolean {
    return this.#listeners.size > 0;
  }

  latest(): number {
    return this.#latest;
  }

  /** For what must not be missed. */
  publish(message: StreamMessage): void {
    const numbered = { id: ++this.#latest, message };
    this.#held.push(numbered);
    if (this.#held.length > HELD) this.#held.shift();
    this.#deliver(numbered);
  }

  /** For frames: worthless a second later. */
  flash(message: StreamMessage): void {
    this.#deliver({ id: null, message });
  }

  since(id: number): Resumption {
    const oldest = this.#latest - this.#held.length;
    if (id < oldest || id > this.#latest) return { missed: null };
    return { missed: this.#held.slice(id - oldest) };
  }

  subscribe(listener: (message: NumberedMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #deliver(message: NumberedMessage): void {
    for (const listener of this.#listeners) listener(message);
  }
}
