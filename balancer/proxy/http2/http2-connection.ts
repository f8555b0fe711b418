import { constants, performServerHandshake, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import { asError } from '../as-error.ts';
import type { OpenConnection } from '../connection-host.ts';
import { Deadline } from '../deadlines.ts';
import { type Proto, plainAddress } from '../forwarded.ts';
import type { Peer } from '../general-fields.ts';
import type { ServeExchange } from '../serve-exchange.ts';
import { DRAIN_IDLE_MS, LINGER_MS } from '../traffic-limits.ts';
import type { Accepted } from '../wire.ts';
import type { WorkerContext } from '../worker-context.ts';
import { FrameBudget } from './frame-budget.ts';
import { serveStream } from './serve-stream.ts';
import { sessionOptions } from './session-options.ts';

/** RFC 9113, 6.8: said ahead of the real end, so that requests that are on their way are still served. */
const ANY_STREAM = 2 ** 31 - 1;

/** What a connection gets from its acceptor. */
export interface Http2Host {
  readonly serve: ServeExchange;
  readonly onClosed: (connection: OpenConnection) => void;
}

/** A client that speaks HTTP/2: each of its streams is a request of its own. */
export class Http2Connection implements OpenConnection {
  readonly address: string;
  readonly #client: Accepted;
  readonly #context: WorkerContext;
  readonly #host: Http2Host;
  readonly #peer: Peer;
  readonly #session: ServerHttp2Session;
  readonly #budget: FrameBudget;
  readonly #deadline = new Deadline(() => this.#expire());
  #requests = 0;
  #open = 0;
  #isClosed = false;

  /** `client`: connected, and nothing of HTTP/2 taken off yet. */
  constructor(client: Accepted, context: WorkerContext, host: Http2Host) {
    this.#client = client;
    this.#context = context;
    this.#host = host;
    this.address = plainAddress(client.carrier.remoteAddress);
    const proto: Proto = client.socket === client.carrier ? 'http' : 'https';
    this.#peer = { address: this.address, proto, isTrusted: context.trusted.has(this.address) };
    this.#budget = new FrameBudget(context.deadlines.nowMs);
    // A client that has gone takes no answer; Node's session would wait for it.
    client.socket.allowHalfOpen = false;
    this.#session = performServerHandshake(client.socket, sessionOptions(context.options));
    this.#listen(this.#session);
    context.counters.connectionOpened();
    this.#await(context.options.keepAliveTimeoutMs);
  }

  #listen(session: ServerHttp2Session): void {
    session.on('stream', (stream, _headers, _flags, raw: readonly string[]) => this.#take(stream, raw));
    session.on('error', () => undefined);
    session.on('close', () => this.#closed());
    session.on('ping', () => this.#account());
    session.on('remoteSettings', () => this.#account());
  }

  #account(): void {
    if (!this.#budget.take(this.#context.deadlines.nowMs)) {
      this.#session.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM);
    }
  }

  #take(stream: ServerHttp2Stream, raw: readonly string[]): void {
    stream.on('error', () => undefined);
    this.#open++;
    this.#requests++;
    this.#context.deadlines.disarm(this.#deadline);
    stream.once('close', () => this.#streamClosed());
    // A client may have taken it back by now: then nobody else hears of it (CVE-2023-44487).
    if (stream.destroyed || stream.closed) return;
    try {
      serveStream({ stream, raw, peer: this.#peer }, this.#context, this.#host.serve);
    } catch (error) {
      stream.destroy(asError(error));
    }
    if (this.#requests === this.#context.limits.maxRequestsPerConnection) this.#session.close();
  }

  #streamClosed(): void {
    this.#open--;
    if (this.#open > 0 || this.#isClosed) return;
    if (this.#session.closed || this.#session.destroyed) this.#await(LINGER_MS);
    else this.#await(this.#context.stopping ? DRAIN_IDLE_MS : this.#context.options.keepAliveTimeoutMs);
  }

  #await(ms: number): void {
    this.#context.deadlines.arm(this.#deadline, ms);
  }

  #expire(): void {
    const isOver = this.#session.closed || this.#session.destroyed;
    if (!isOver) this.#session.close();
    // With streams open it is looked at again when the last of them ends.
    if (this.#open > 0) return;
    if (isOver) this.#client.carrier.destroy();
    else this.#await(LINGER_MS);
  }

  #closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#context.deadlines.disarm(this.#deadline);
    this.#context.counters.connectionClosed();
    this.#host.onClosed(this);
  }

  drain(): void {
    if (this.#session.closed || this.#session.destroyed) return;
    this.#session.goaway(constants.NGHTTP2_NO_ERROR, ANY_STREAM);
    this.#await(DRAIN_IDLE_MS);
  }
}
