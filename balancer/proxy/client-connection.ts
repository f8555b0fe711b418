import type { Socket } from 'node:net';
import { Deadline } from './deadlines.ts';
import { errorText, type ProxyErrorCode } from './errors.ts';
import { type FastClient, FastExchange } from './fast-exchange.ts';
import { plainAddress } from './forwarded.ts';
import type { GeneralRequest } from './general-request.ts';
import type { GeneralClient } from './general-stream.ts';
import { judgeBegun, RequestHead } from './request-head.ts';
import { isReserved } from './reserved-path.ts';
import { Wire, type WireOwner } from './wire.ts';
import type { WorkerContext } from './worker-context.ts';

const HEAD_END = '\r\n\r\n';
/** Pipelined requests are read ahead up to here. */
const MAX_AHEAD_BYTES = 65_536;
/** After the last answer: time for the client to see our end before a reset could take the answer from it. */
const LINGER_MS = 2000;
/** While draining: a client whose request is on its way gets it answered; one that stays silent is let go. */
const DRAIN_IDLE_MS = 500;

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
  readonly #deadline = new Deadline(() => this.#expire());
  readonly #exchange: FastExchange;
  #general: GeneralRequest | null = null;
  #state: State = 'head';
  /** What came ahead of its turn. */
  #ahead = '';
  #bodyLeft = 0;
  #isAdvancing = false;
  #hasEnded = false;

  constructor(socket: Socket, buffer: Buffer, context: WorkerContext, host: ConnectionHost) {
    this.#context = context;
    this.#host = host;
    this.address = plainAddress(socket.remoteAddress);
    this.isTrusted = context.trusted.has(this.address);
    this.#exchange = new FastExchange(this, context);
    this.wire = Wire.accepted(socket, this, buffer);
    context.counters.connectionOpened();
    this.watch(context.options.headerTimeoutMs);
  }

  get isIdle(): boolean {
    return this.#state === 'head' && this.#ahead === '';
  }

  get awaitsBody(): boolean {
    return this.#bodyLeft > 0;
  }

  get isBlocked(): boolean {
    return this.wire.isBlocked;
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
    this.#ahead += bytes.toString('latin1', from, to);
    if (this.#ahead.length > MAX_AHEAD_BYTES) this.wire.pause();
  }

  resumeReading(): void {
    if (this.#ahead.length <= MAX_AHEAD_BYTES) this.wire.resume();
  }

  /** Takes requests as long as whole ones are there and each is served at once. */
  #advance(more: string): void {
    const before = this.#ahead.length;
    this.#ahead += more;
    if (this.#isAdvancing) return;
    this.#isAdvancing = true;
    let isNew = before === 0;
    while (this.#state === 'head' && this.#ahead !== '') {
      if (!this.#takeRequest(more, isNew)) break;
      isNew = true;
    }
    this.#isAdvancing = false;
    if (this.#state !== 'head') return;
    if (this.#hasEnded) this.#finish();
    else if (this.#ahead === '') this.#awaitNext();
  }

  #awaitNext(): void {
    const { keepAliveTimeoutMs } = this.#context.options;
    this.watch(this.#context.stopping ? DRAIN_IDLE_MS : keepAliveTimeoutMs);
    this.wire.resume();
  }

  /** False: the request is not whole yet. */
  #takeRequest(more: string, isNew: boolean): boolean {
    // RFC 9112, 2.2: an empty line before a request is no request.
    if (isNew && this.#ahead.startsWith('\r\n')) this.#ahead = this.#ahead.slice(2);
    const text = this.#ahead;
    const end = text.indexOf(HEAD_END);
    const { options } = this.#context;
    if (end < 0) {
      this.#judgePart(text, more, isNew);
      return false;
    }
    if (end + 4 > options.maxHeaderBytes) {
      this.onRefused('header-too-large');
      return false;
    }
    const wrong = this.head.read(text, end, options.maxHeaderCount, options.maxTargetBytes);
    if (wrong !== null) this.onRefused(wrong);
    else if (options.maxBodyBytes > 0 && this.head.contentLength > options.maxBodyBytes) {
      this.onRefused('body-too-large');
    } else this.#serve(text.slice(end + 4));
    return true;
  }

  #judgePart(text: string, more: string, isNew: boolean): void {
    const { options } = this.#context;
    if (isNew) this.watch(options.headerTimeoutMs);
    const lineEnd = text.indexOf('\n');
    if (lineEnd < 0 && text.length > options.maxTargetBytes + 64) this.onRefused('target-too-long');
    else if (text.length > options.maxHeaderBytes) this.onRefused('header-too-large');
    else if (more.includes('\n')) {
      const wrong = judgeBegun(text);
      if (wrong !== null) this.onRefused(wrong);
    }
  }

  /** Serves the request whose head was just read; `rest` is what came behind it. */
  #serve(rest: string): void {
    const { head } = this;
    if (!head.isFast || isReserved(head.target)) {
      this.#serveGeneral(rest);
      return;
    }
    const length = head.framing === 'length' ? head.contentLength : 0;
    const body = rest.length <= length ? rest : rest.slice(0, length);
    this.#ahead = rest.length <= length ? '' : rest.slice(length);
    this.#bodyLeft = length - body.length;
    this.#state = 'fast';
    // One read of the body is enough until somebody takes it.
    if (this.#bodyLeft > 0) this.wire.pause();
    this.#exchange.begin(body);
  }

  #serveGeneral(rest: string): void {
    this.#state = 'general';
    this.#ahead = '';
    this.#general ??= this.#host.openGeneral(this);
    const bytes = Buffer.from(rest, 'latin1');
    this.watch(this.#context.options.bodyIdleTimeoutMs);
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

  /** The general lane's answer is out. */
  onGeneralAnswered(): void {
    if (this.#state !== 'general') return;
    this.#next();
  }

  onGeneralEnd(): void {
    if (this.#state === 'general') this.#finish();
  }

  onGeneralDestroyed(): void {
    if (this.#state === 'general') this.onBroken();
  }

  write(bytes: Buffer): void {
    this.wire.writeBytes(bytes);
    if (this.wire.isBlocked) this.watch(this.#context.options.bodyIdleTimeoutMs);
  }

  onAnswered(): void {
    if (this.#state === 'closed') return;
    if (this.head.isLast || this.#bodyLeft > 0) this.#finish();
    else this.#next();
  }

  #next(): void {
    this.#state = 'head';
    if (this.#isAdvancing) return;
    if (this.#ahead === '' && !this.#hasEnded) this.#awaitNext();
    else {
      this.wire.resume();
      this.#advance('');
    }
  }

  onRefused(code: ProxyErrorCode): void {
    if (this.#state === 'closed' || this.#state === 'lingering') return;
    const wasServing = this.#state === 'fast' && this.#bodyLeft === 0 && !this.head.isLast;
    const keepOpen = wasServing && !this.#context.stopping;
    if (this.#state === 'general' && this.#general?.hasAnswered === true) {
      this.onBroken();
      return;
    }
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
    const ahead = this.#ahead;
    this.#ahead = '';
    if (ahead !== '') this.#sendOn(Buffer.from(ahead, 'latin1'));
    if (this.#hasEnded) this.#exchange.onClientEnd();
  }

  /** Ends the connection behind the last answer, without a reset that could overtake it. */
  #finish(): void {
    this.#state = 'lingering';
    this.#general?.destroy();
    this.#ahead = '';
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
      if (this.#ahead === '') this.#finish();
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
    this.#ahead = '';
    this.#context.deadlines.disarm(this.#deadline);
    this.#exchange.abandon();
    this.#general?.destroy();
    this.#context.counters.connectionClosed();
    this.#host.onClosed(this);
  }

  #expire(): void {
    switch (this.#state) {
      case 'head':
        if (this.#ahead === '') this.#finish();
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
    if (this.isIdle) this.watch(DRAIN_IDLE_MS);
  }
}
