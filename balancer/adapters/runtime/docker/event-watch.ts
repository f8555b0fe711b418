import type { RuntimeEvent } from '../../../core/ports.ts';
import { pause } from '../waiting.ts';
import type { Engine } from './engine.ts';
import { type EngineEvent, EventStream, toRuntimeEvent } from './event-stream.ts';

const PING_EVERY_MS = 1_000;
const RETRY_EVERY_MS = 250;

export interface WatchOptions {
  readonly engine: Engine;
  readonly fleet: string;
  /** Sees each event first; false keeps it from the listener. */
  readonly accept: (event: EngineEvent) => boolean;
  readonly onEvent: (event: RuntimeEvent) => void;
}

/**
 * Follows a fleet's events until aborted. Pings tell a daemon that hangs from one that has nothing to say; a lost
 * one is asked for until it is back, and what happened meanwhile is replayed.
 */
export class EventWatch {
  readonly #options: WatchOptions;
  readonly #stream: EventStream;
  readonly #outOfMemory = new Set<string>();
  #lost = false;

  constructor(options: WatchOptions, fromMs: number) {
    this.#options = options;
    this.#stream = new EventStream(options.engine, options.fleet, fromMs);
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#follow(signal);
      } catch {
        // No connection, or it broke: the ping says which.
      }
      await this.#awaitEngine(signal).catch(() => {});
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const connection = new AbortController();
    const either = AbortSignal.any([signal, connection.signal]);
    const pings = this.#pingUntilLost(connection, either);
    try {
      for await (const event of this.#stream.read(either, () => this.#opened())) await this.#deliver(event, either);
    } finally {
      connection.abort();
      await pings;
    }
  }

  /** A daemon that stops reports the death of every container first; those deaths are its own, not the replicas'. */
  async #deliver(event: EngineEvent, signal: AbortSignal): Promise<void> {
    const { id, isDeath } = { id: event.Actor.ID, isDeath: event.Action === 'die' };
    if (event.Action === 'oom') this.#outOfMemory.add(id);
    const outOfMemory = isDeath && this.#outOfMemory.delete(id);
    if (!this.#options.accept(event)) return;
    if (isDeath && (await this.#options.engine.ping(signal)) !== null) return;
    const translated = toRuntimeEvent(event, outOfMemory);
    if (translated !== null) this.#options.onEvent(translated);
  }

  async #pingUntilLost(connection: AbortController, signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        await pause(PING_EVERY_MS, signal);
        if ((await this.#options.engine.ping(signal)) !== null) connection.abort();
      }
    } catch {
      // Aborted while asking.
    }
  }

  /** Asks twice before it is called lost: the first answer may have been late because we were. */
  async #awaitEngine(signal: AbortSignal): Promise<void> {
    const { engine, onEvent } = this.#options;
    for (let reason = await engine.ping(signal); reason !== null; reason = await engine.ping(signal)) {
      if (!this.#lost) {
        this.#lost = true;
        engine.markLost(reason);
        onEvent({ kind: 'lost', reason });
      }
      await pause(RETRY_EVERY_MS, signal);
    }
    engine.markBack();
    // A stream that ends at once, time after time, must not become a storm.
    if (!this.#lost) await pause(RETRY_EVERY_MS / 5, signal);
  }

  #opened(): void {
    if (!this.#lost) return;
    this.#lost = false;
    this.#options.onEvent({ kind: 'back' });
  }
}
