import type { Socket } from 'node:net';
import { ClientPace } from './client-pace.ts';
import { Deadline } from './deadlines.ts';
import { errorText, type ProxyErrorCode } from './errors.ts';
import { type FastClient, FastExchange } from './fast-exchange.ts';
import { plainAddress } from './forwarded.ts';
import type { GeneralRequest } from './general-request.ts';
import type { GeneralClient } from './general-stream.ts';
import { RequestHead } from './request-head.ts';
import { RequestInput } from './request-input.ts';
import { isReserved } from './reserved-path.ts';
import { Wire, type WireOwner } from './wire.ts';
import type { WorkerContext } from './worker-context.ts';

/** Pipelined requests are read ahead up to here. */
const MAX_AHEAD_BYTES = 65_536;
/** After the last answer: time for the client to see our end before a reset could take the answer from it. */
const LINGER_MS = 2000;
/** While draining: a client whose request is on its way gets it answered; one that stays silent is let go. */
const DRAIN_IDLE_MS = 500;
/** RFC 9110, 7.6.2: methods whose way Max-Forwards limits. */
const HOP_LIMITED = new Set(['OPTIONS', 'TRACE']);
const OWN_OPTIONS = 'HTTP/1.1 204 No Content\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n\r\n';

/**
 * `head`: waiting for a request. `fast` and `general`: serving one, in that lane. `tunnel`: passing bytes both ways.
 * `lingering`: answered for the last time, waiting for the client to close.
 */
type State = 'head' | 'fast' | 'general' | 'tunnel' | 'lingering' | 'closed';

/** What a connection gets from its acceptor. */
export interface ConnectionHost {
  /** Hands a new stream to Node's HTTP server. */
  readonly openGeneral: (client: GeneralClient) => GeneralRequest;
  readonly onClosed: (connection: ClientConnection) => void;
}

/** One client: takes its requests one after the other and sends each into the lane it may take. */
export class ClientConnection implements WireOwner, FastClient, GeneralClient {
  readonly wire: Wire;
  readonly address: string;
  readonly isTrusted: boolean;
  readonly head = new RequestHead();
  readonly #context: WorkerContext;
  readonly #host: ConnectionHost;
  readonly #input: RequestInput;
  readonly #deadline = new Deadline(() => this.#expire());
  readonly #exchange: FastExchange;
  readonly #pace: ClientPace;
  #general: GeneralRequest | null = null;
  #state: State = 'head';
  #bodyLeft = 0;
  #requests = 0;
  #isAdvancing = false;
  #hasEnded = false;

  constructor(socket: Socket, buffer: Buffer, context: WorkerContext, host: ConnectionHost) {
    this.#context = context;
    this.#host = host;
    this.address = plainAddress(socket.remoteAddress);
    this.isTrusted = context.trusted.has(this.address);
    this.#input = new RequestInput(this.head, context.options);
    this.#exchange = new FastExchange(this, context);
    this.wire = Wire.accepted(socket, this, buffer);
    this.#pace = new ClientPace(
      this.wire,
      context.deadlines,
      context.limits.minBytesPerSecond,
      () => this.#isWaitingForClient(),
      () => this.#expire(),
    );
    context.counters.connectionOpened();
    this.watch(context.options.headerTimeoutMs);
  }

  get awaitsBody(): boolean {
    return this.#bodyLeft > 0;
  }

  get isBlocked(): boolean {
    return this.wire.isBlocked;
  }

  #isWaitingForClient(): boolean {
    const isSending = this.awaitsBody || (this.#state === 'general' && this.#general?.awaitsBody === true);
    return this.#state !== 'tunnel' && (isSending || this.isBlocked);
  }

  watch(ms: number): void {
    this.#context.deadlines.arm(this.#deadline, ms);
  }

  onBytes(bytes: Buffer, length: number): void {
    switch (this.#state) {
      case 'head':
        this.#advance(bytes.toString('latin1', 0, length));
        break;
      case 'fast':
        this.#fastBytes(bytes, length);
        break;
      case 'general':
        this.#keepAhead(bytes, this.#general?.feed(bytes, 0, length) ?? 0, length);
        this.#checkGeneralBody();
        break;
      case 'tunnel':
        this.#sendOn(Buffer.from(bytes.subarray(0, length)));
        break;
      default:
        break;
    }
  }

  #fastBytes(bytes: Buffer, length: number): void {
    const take = Math.min(this.#bodyLeft, length);
    if (take > 0) {
      this.#bodyLeft -= take;
      this.#sendOn(Buffer.from(bytes.subarray(0, take)));
    }
    this.#keepAhead(bytes, take, length);
  }

  #sendOn(bytes: Buffer): void {
    this.#exchange.sendBody(bytes);
    if (!this.#exchange.takesBody) this.wire.pause();
  }

  #keepAhead(bytes: Buffer, from: number, to: number): void {
    if (from >= to) return;
    this.#input.append(bytes.toString('latin1', from, to));
    if (this.#input.length > MAX_AHEAD_BYTES) this.wire.pause();
  }

  resumeReading(): void {
    if (this.#input.length <= MAX_AHEAD_BYTES) this.wire.resume();
  }

  /** Takes requests as long as whole ones are there and each is served at once. */
  #advance(more: string): void {
    const isNew = this.#input.length === 0;
    this.#input.append(more);
    if (this.#isAdvancing) return;
    this.#isAdvancing = true;
    let isPartial = false;
    while (this.#state === 'head' && this.#input.length > 0 && !isPartial) isPartial = !this.#takeRequest();
    this.#isAdvancing = false;
    if (this.#state !== 'head') return;
    if (this.#hasEnded) this.#finish();
    else if (this.#input.length === 0) this.#awaitNext();
    else if (isNew) this.watch(this.#context.options.headerTimeoutMs);
  }

  #awaitNext(): void {
    this.watch(this.#context.stopping ? DRAIN_IDLE_MS : this.#context.options.keepAliveTimeoutMs);
    this.wire.resume();
  }

  /** False: the request is not whole yet. */
  #takeRequest(): boolean {
    const taken = this.#input.takeHead();
    if (taken === 'partial') return false;
    if (taken === 'ready') this.#serve();
    else this.onRefused(taken);
    return true;
  }

  /** Serves the request whose head was just read. */
  #serve(): void {
    const { head } = this;
    const { options, limits } = this.#context;
    this.#requests++;
    if (this.#requests === limits.maxRequestsPerConnection) head.isLast = true;
    if (options.maxBodyBytes > 0 && head.contentLength > options.maxBodyBytes) this.onRefused('body-too-large');
    else if (head.hopsLeft === 0 && HOP_LIMITED.has(head.method)) this.#serveItself();
    else if (head.isFast && !isReserved(head.target)) this.#serveFast();
    else this.#serveGeneral();
  }

  /** RFC 9110, 7.6.2: it may go no further, so we are the ones who are asked. */
  #serveItself(): void {
    if (this.head.method === 'TRACE' || this.head.framing !== 'none') this.onRefused('not-implemented');
    else this.wire.writeText(OWN_OPTIONS);
  }

  #serveFast(): void {
    const length = this.head.framing === 'length' ? this.head.contentLength : 0;
    const body = length === 0 ? '' : this.#input.takeBody(length);
    this.#bodyLeft = length - body.length;
    this.#state = 'fast';
    if (this.#bodyLeft > 0) {
      // One read of the body is enough until somebody takes it.
      this.wire.pause();
      this.#pace.begin();
    }
    this.#exchange.begin(body);
  }

  #serveGeneral(): void {
    this.#state = 'general';
    this.#general ??= this.#host.openGeneral(this);
    const bytes = Buffer.from(this.#input.clear(), 'latin1');
    this.#pace.begin();
    const used = this.#general.begin(this.head, bytes);
    this.#keepAhead(bytes, used, bytes.length);
    this.#checkGeneralBody();
  }

  /** The general lane waits for its replicas itself; here we wait only for the client. */
  #checkGeneralBody(): void {
    const general = this.#general;
    if (this.#state !== 'general' || general === null) return;
    if (general.isBroken) this.onRefused('malformed');
    else if (general.isTooLong) this.onRefused('body-too-large');
    else {
      if (general.isFull) this.wire.pause();
      this.watch(general.awaitsBody ? this.#context.options.bodyIdleTimeoutMs : 0);
    }
  }

  onGeneralAnswered(): void {
    if (this.#state === 'general') this.#next();
  }

  onGeneralEnd(): void {
    if (this.#state === 'general') this.#finish();
  }

  onGeneralDestroyed(): void {
    if (this.#state === 'general') this.onBroken();
  }

  write(bytes: Buffer): void {
    this.wire.writeBytes(bytes);
    if (!this.wire.isBlocked) return;
    this.watch(this.#context.options.bodyIdleTimeoutMs);
    this.#pace.begin();
  }

  onBlocked(): void {
    this.#pace.begin();
  }

  onAnswered(): void {
    if (this.#state === 'closed') return;
    if (this.head.isLast || this.#bodyLeft > 0) this.#finish();
    else this.#next();
  }

  #next(): void {
    this.#state = 'head';
    if (this.#isAdvancing) return;
    if (this.#input.length === 0 && !this.#hasEnded) {
      this.#awaitNext();
      return;
    }
    this.wire.resume();
    this.#advance('');
  }

  onRefused(code: ProxyErrorCode): void {
    if (this.#state === 'closed' || this.#state === 'lingering') return;
    if (this.#state === 'general' && this.#general?.hasAnswered === true) {
      this.onBroken();
      return;
    }
    const isWhole = this.#state === 'fast' && this.#bodyLeft === 0;
    const keepOpen = isWhole && !this.head.isLast && !this.#context.stopping;
    this.wire.writeText(errorText(code, keepOpen));
    if (keepOpen) this.#next();
    else this.#finish();
  }

  onBroken(): void {
    if (this.#state === 'closed') return;
    this.wire.reset();
    this.#close();
  }

  onTunnel(): void {
    this.#state = 'tunnel';
    const ahead = this.#input.clear();
    if (ahead !== '') this.#sendOn(Buffer.from(ahead, 'latin1'));
    if (this.#hasEnded) this.#exchange.onClientEnd();
  }

  /** Ends the connection behind the last answer, without a reset that could overtake it. */
  #finish(): void {
    this.#state = 'lingering';
    this.#general?.destroy();
    this.#input.clear();
    this.wire.end();
    this.wire.resume();
    this.watch(LINGER_MS);
  }

  onDrain(): void {
    if (this.#state === 'general') {
      this.#general?.onDrain();
      this.#checkGeneralBody();
    } else this.#exchange.onClientDrain();
  }

  onEnd(): void {
    this.#hasEnded = true;
    if (this.#state === 'head') {
      if (this.#input.length === 0) this.#finish();
      else this.onRefused('malformed');
    } else if (this.#state === 'tunnel') this.#exchange.onClientEnd();
    else if (this.#bodyLeft > 0 || (this.#state === 'general' && this.#general?.awaitsBody === true)) {
      // A body cut short is no request.
      this.#exchange.abandon();
      this.onRefused('malformed');
    }
  }

  onClose(): void {
    if (this.#state !== 'closed') this.#close();
  }

  #close(): void {
    this.#state = 'closed';
    this.#input.clear();
    this.#context.deadlines.disarm(this.#deadline);
    this.#pace.end();
    this.#exchange.abandon();
    this.#general?.destroy();
    this.#context.counters.connectionClosed();
    this.#host.onClosed(this);
  }

  #expire(): void {
    switch (this.#state) {
      case 'head':
        if (this.#input.length === 0) this.#finish();
        else this.onRefused('request-timeout');
        break;
      case 'fast':
      case 'tunnel':
        this.#exchange.onTimeout();
        break;
      case 'general':
        if (this.isBlocked) this.onBroken();
        else this.onRefused('request-timeout');
        break;
      default:
        this.wire.destroy();
        this.#close();
    }
  }

  /** The worker is going away: the next answer is the last, and silence ends the connection. */
  drain(): void {
    if (this.#state === 'head' && this.#input.length === 0) this.watch(DRAIN_IDLE_MS);
  }
}
