import type { ServerResponse } from 'node:http';
import type { Clock } from '../core/ports.ts';

/** A reader that is behind by this much gets no frames until it has caught up. */
const FRAME_LIMIT_BYTES = 64 * 1024;
/** Bounds what other messages may pile up for one reader. */
const HARD_LIMIT_BYTES = 1024 * 1024;
/** Readers written to without a pause. What they get passes the traffic workers, and must not hold up requests there. */
const SLICE = 50;
const SLICE_PAUSE_MS = 5;

interface Entry {
  readonly text: string;
  /** Worthless a second later: may be dropped. */
  readonly isFrame: boolean;
}

interface Reader {
  readonly response: ServerResponse;
  /** Number of the entry it gets next. */
  next: number;
  stuckSince: number | null;
}

/**
 * Writes the same messages to any number of readers. A crowd is written to slice by slice; what came up meanwhile goes
 * out in the same write, so that the cost of a reader is bounded by rounds, not by messages.
 */
export class FanOut {
  readonly #clock: Clock;
  readonly #readers = new Map<ServerResponse, Reader>();
  #log: Entry[] = [];
  /** Number of the first entry in the log. */
  #first = 0;
  #isWriting = false;
  #prepared = new Map<string, Buffer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#readers.size;
  }

  /** From now on `response` gets every message. */
  join(response: ServerResponse): void {
    this.#readers.set(response, { response, next: this.#end, stuckSince: null });
  }

  leave(response: ServerResponse): void {
    this.#readers.delete(response);
  }

  write(text: string, isFrame: boolean): void {
    if (this.#readers.size === 0) return;
    this.#log.push({ text, isFrame });
    if (!this.#isWriting) void this.#writeRounds();
  }

  endAll(): void {
    for (const response of this.#readers.keys()) response.end();
  }

  /** Ends the connections of readers that have taken nothing for longer than `limitMs`. */
  cutStuck(limitMs: number): void {
    const now = this.#clock.now();
    for (const reader of this.#readers.values()) {
      reader.stuckSince = reader.response.writableNeedDrain ? (reader.stuckSince ?? now) : null;
      if (reader.stuckSince !== null && now - reader.stuckSince > limitMs) reader.response.destroy();
    }
  }

  get #end(): number {
    return this.#first + this.#log.length;
  }

  async #writeRounds(): Promise<void> {
    this.#isWriting = true;
    const never = new AbortController().signal;
    while (this.#log.length > 0) {
      const before = this.#end;
      const round = [...this.#readers.values()];
      for (let i = 0; i < round.length; i++) {
        if (i > 0 && i % SLICE === 0) await this.#clock.sleep(SLICE_PAUSE_MS, never);
        const reader = round[i];
        if (reader !== undefined && this.#readers.has(reader.response)) this.#catchUp(reader);
      }
      this.#log = this.#log.slice(before - this.#first);
      this.#first = before;
      this.#prepared.clear();
    }
    this.#isWriting = false;
  }

  #catchUp(reader: Reader): void {
    const { response } = reader;
    const behind = response.writableLength;
    if (behind > HARD_LIMIT_BYTES) {
      response.destroy();
      return;
    }
    const bytes = this.#prepare(reader.next, behind > FRAME_LIMIT_BYTES);
    reader.next = this.#end;
    if (bytes.length > 0) response.write(bytes);
  }

  /** Most readers want the same stretch of the log: it is put together once. */
  #prepare(from: number, withoutFrames: boolean): Buffer {
    const key = `${from} ${this.#end} ${withoutFrames}`;
    const known = this.#prepared.get(key);
    if (known !== undefined) return known;
    const entries = this.#log
      .slice(Math.max(0, from - this.#first))
      .filter(({ isFrame }) => !isFrame || !withoutFrames);
    const bytes = Buffer.from(entries.map(({ text }) => text).join(''));
    this.#prepared.set(key, bytes);
    return bytes;
  }
}
