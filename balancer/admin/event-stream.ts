import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ControlPlane, NumberedMessage } from '../core/control-plane.ts';
import type { Clock } from '../core/ports.ts';
import { writeFailure } from './failure.ts';

/** A reader that is behind by this much gets no frames until it has caught up. */
const FRAME_LIMIT_BYTES = 64 * 1024;
/** Bounds what lifecycle messages may pile up for one reader. */
const HARD_LIMIT_BYTES = 1024 * 1024;
/** A reader that took nothing for so long is cut: under the promised 30 s. */
const STUCK_MS = 20_000;
const HEARTBEAT_MS = 15_000;
const LOOK_MS = 1_000;
/** hello is the dearest message; a crowd of clients that connect at once shares one. */
const HELLO_SHARED_MS = 250;

interface Reader {
  readonly response: ServerResponse;
  stuckSince: number | null;
}

function format(bootId: string, { id, message }: NumberedMessage): string {
  const line = id === null ? '' : `id: ${bootId}-${id}\n`;
  return `${line}event: ${message.type}\ndata: ${JSON.stringify(message.data)}\n\n`;
}

/** Serves `GET /_ring/v1/events` to any number of readers; each message is written out once, not once a reader. */
export class EventStream {
  readonly #control: ControlPlane;
  readonly #clock: Clock;
  readonly #readers = new Set<Reader>();
  #closed = false;
  #unsubscribe: (() => void) | null = null;
  #stop = new AbortController();
  #hello: { readonly id: number; readonly at: number; readonly text: string } | null = null;

  constructor(control: ControlPlane, clock: Clock) {
    this.#control = control;
    this.#clock = clock;
  }

  serve(request: IncomingMessage, response: ServerResponse): void {
    if (this.#closed) {
      writeFailure(response, { code: 'stopping', message: 'The balancer is stopping' }, '/_ring/v1/events');
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    const reader: Reader = { response, stuckSince: null };
    response.on('error', () => undefined);
    response.once('close', () => this.#leave(reader));
    response.write(`retry: 1000\n\n${this.#opening(request)}`);
    this.#readers.add(reader);
    if (this.#readers.size === 1) this.#begin();
  }

  /** Ends every stream; clients come back to whoever is next. */
  close(): void {
    this.#closed = true;
    for (const { response } of this.#readers) response.end();
    this.#rest();
  }

  /** What the client missed, when that is still held; else the whole state. */
  #opening(request: IncomingMessage): string {
    const { feed } = this.#control;
    const header = request.headers['last-event-id'];
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams.get('lastEventId');
    const last = /^([\w-]+)-(\d{1,15})$/.exec(typeof header === 'string' && header !== '' ? header : (query ?? ''));
    const missed = last?.[1] === feed.bootId ? feed.since(Number(last[2])).missed : null;
    if (missed !== null) return missed.map((message) => format(feed.bootId, message)).join('');
    return this.#shareHello();
  }

  #shareHello(): string {
    const { feed } = this.#control;
    const now = this.#clock.now();
    if (this.#hello === null || now - this.#hello.at > HELLO_SHARED_MS) {
      const id = feed.latest();
      const text = format(feed.bootId, { id, message: { type: 'hello', data: this.#control.state() } });
      this.#hello = { id, at: now, text };
    }
    const since = feed.since(this.#hello.id).missed ?? [];
    return this.#hello.text + since.map((message) => format(feed.bootId, message)).join('');
  }

  #begin(): void {
    this.#unsubscribe = this.#control.feed.subscribe((message) => this.#deliver(message));
    this.#stop = new AbortController();
    void this.#every(HEARTBEAT_MS, this.#stop.signal, () => this.#deliverText(':\n\n', false));
    void this.#every(LOOK_MS, this.#stop.signal, () => this.#cutStuck());
  }

  async #every(ms: number, signal: AbortSignal, task: () => void): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(ms, signal).catch(() => undefined);
      if (!signal.aborted) task();
    }
  }

  #deliver(message: NumberedMessage): void {
    this.#deliverText(format(this.#control.feed.bootId, message), message.id === null);
  }

  #deliverText(text: string, isFrame: boolean): void {
    const bytes = Buffer.from(text);
    for (const { response } of this.#readers) {
      const behind = response.writableLength;
      if (isFrame && behind > FRAME_LIMIT_BYTES) continue;
      if (behind > HARD_LIMIT_BYTES) response.destroy();
      else response.write(bytes);
    }
  }

  #cutStuck(): void {
    const now = this.#clock.now();
    for (const reader of this.#readers) {
      const isBehind = reader.response.writableNeedDrain;
      reader.stuckSince = isBehind ? (reader.stuckSince ?? now) : null;
      if (reader.stuckSince !== null && now - reader.stuckSince > STUCK_MS) reader.response.destroy();
    }
  }

  #leave(reader: Reader): void {
    this.#readers.delete(reader);
    if (this.#readers.size === 0) this.#rest();
  }

  #rest(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#stop.abort(new Error('nobody listens'));
  }
}
