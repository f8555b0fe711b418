import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ControlPlane, NumberedMessage } from '../core/control-plane.ts';
import type { Clock } from '../core/ports.ts';
import { writeFailure } from './failure.ts';
import { FanOut } from './fan-out.ts';

/** A reader that took nothing for so long is cut: under the promised 30 s. */
const STUCK_MS = 20_000;
const HEARTBEAT_MS = 15_000;
const LOOK_MS = 1_000;
/** hello is the dearest message; a crowd of clients that connect at once shares one. */
const HELLO_SHARED_MS = 250;

function format(bootId: string, { id, message }: NumberedMessage): string {
  const line = id === null ? '' : `id: ${bootId}-${id}\n`;
  return `${line}event: ${message.type}\ndata: ${JSON.stringify(message.data)}\n\n`;
}

/** Serves `GET /_ring/v1/events` to any number of readers; each message is put into words once, not once a reader. */
export class EventStream {
  readonly #control: ControlPlane;
  readonly #clock: Clock;
  readonly #readers: FanOut;
  #closed = false;
  #unsubscribe: (() => void) | null = null;
  #stop = new AbortController();
  #hello: { readonly id: number; readonly at: number; readonly text: string } | null = null;

  constructor(control: ControlPlane, clock: Clock) {
    this.#control = control;
    this.#clock = clock;
    this.#readers = new FanOut(clock);
  }

  serve(request: IncomingMessage, response: ServerResponse): void {
    if (this.#closed) {
      writeFailure(response, { code: 'stopping', message: 'The balancer is stopping' }, '/_ring/v1/events');
      return;
    }
    // Until the end of the connection instead of chunks: a crowd of readers costs one small write each and no framing.
    response.shouldKeepAlive = false;
    response.useChunkedEncodingByDefault = false;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    response.on('error', () => undefined);
    response.once('close', () => this.#leave(response));
    response.write(`retry: 1000\n\n${this.#opening(request)}`);
    this.#join(response);
  }

  /** Ends every stream; clients come back to whoever is next. */
  close(): void {
    this.#closed = true;
    this.#readers.endAll();
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

  #join(response: ServerResponse): void {
    const { feed } = this.#control;
    this.#readers.join(response);
    feed.readers = this.#readers.size;
    if (this.#unsubscribe !== null) return;
    this.#unsubscribe = feed.subscribe((message) => {
      this.#readers.write(format(feed.bootId, message), message.id === null);
    });
    this.#stop = new AbortController();
    void this.#every(HEARTBEAT_MS, this.#stop.signal, () => this.#readers.write(':\n\n', false));
    void this.#every(LOOK_MS, this.#stop.signal, () => this.#readers.cutStuck(STUCK_MS));
  }

  async #every(ms: number, signal: AbortSignal, task: () => void): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(ms, signal).catch(() => undefined);
      if (!signal.aborted) task();
    }
  }

  #leave(response: ServerResponse): void {
    this.#readers.leave(response);
    this.#control.feed.readers = this.#readers.size;
    if (this.#readers.size === 0) this.#rest();
  }

  #rest(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#stop.abort(new Error('nobody listens'));
  }
}
