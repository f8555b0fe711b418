import { ClientPace } from './client-pace.ts';
import type { ConnectionHost, OpenConnection } from './connection-host.ts';
import { Deadline } from './deadlines.ts';
import { errorText, type ProxyErrorCode } from './errors.ts';
import type { FastClient } from './fast-client.ts';
import { FastExchange } from './fast-exchange.ts';
import { type Proto, plainAddress } from './forwarded.ts';
import { GeneralTurn, type TurnHost } from './general-turn.ts';
import { ownOptions } from './hop-limit.ts';
import { laneFor } from './lane.ts';
import { RequestHead } from './request-head.ts';
import { RequestInput } from './request-input.ts';
import { DRAIN_IDLE_MS, LINGER_MS } from './traffic-limits.ts';
import { type Accepted, Wire, type WireOwner } from './wire.ts';
import type { WorkerContext } from './worker-context.ts';

/**
 * `head`: waiting for a request. `fast` and `general`: serving one, in that lane. `tunnel`: passing bytes both ways.
 * `lingering`: answered for the last time, waiting for the client to close.
 */
type State = 'head' | 'fast' | 'general' | 'tunnel' | 'lingering' | 'closed';

/** One client: takes its requests one by one and sends each into the lane it may take. */
export class ClientConnection implements WireOwner, FastClient, TurnHost, OpenConnection {
  readonly wire: Wire;
  readonly address: string;
  readonly isTrusted: boolean;
  readonly proto: Proto;
  readonly head: RequestHead;
  readonly #context: WorkerContext;
  readonly #host: ConnectionHost;
  readonly input: RequestInput;
  readonly #deadline = new Deadline(() => this.#expire());
  readonly #exchange: FastExchange;
  readonly #pace: ClientPace;
  readonly #general: GeneralTurn;
  #state: State = 'head';
  #bodyLeft = 0;
  #requests = 0;
  #isAdvancing = false;
  #hasEnded = false;

  constructor(client: Accepted, buffer: Buffer, context: WorkerContext, host: ConnectionHost) {
    this.#context = context;
    this.#host = host;
    this.address = plainAddress(client.carrier.remoteAddress);
    this.isTrusted = context.trusted.has(this.address);
    this.proto = client.socket === client.carrier ? 'http' : 'https';
    this.head = new RequestHead(this.proto);
    // Over TLS it is agreed on beforehand (RFC 9113, 3.3).
    const mayBeHttp2 = context.options.http2 !== false && this.proto === 'http';
    this.input = new RequestInput(this.head, context.options, mayBeHttp2);
    this.#exchange = new FastExchange(this, context);
    this.#general = new GeneralTurn(this, host.openGeneral, context.options.bodyIdleTimeoutMs);
    this.wire = Wire.accepted(client, this, buffer);
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

  get #isSending(): boolean {
    return this.awaitsBody || this.#general.awaitsBody;
  }

  /** While we do not read, it is a replica that is waited for. */
  #isWaitingForClient(): boolean {
    return this.#state !== 'tunnel' && ((this.#isSending && !this.wire.isPaused) || this.wire.isBlocked);
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
        this.#general.onBytes(bytes, length);
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
    this.input.keep(bytes, take, length);
    if (this.input.isFull) this.wire.pause();
  }

  #sendOn(bytes: Buffer): void {
    this.#exchange.sendBody(bytes);
    if (!this.#exchange.takesBody) this.wire.pause();
  }

  resumeReading(): void {
    if (this.input.isFull) return;
    this.wire.resume();
    if (this.#isSending) this.#pace.begin();
  }

  /** Takes requests as long as whole ones are there and each is served at once. */
  #advance(more: string): void {
    const isNew = this.input.length === 0;
    this.input.append(more);
    if (this.#isAdvancing) return;
    this.#isAdvancing = true;
    while (this.#state === 'head' && this.input.length > 0) if (!this.#takeRequest()) break;
    this.#isAdvancing = false;
    if (this.#state !== 'head') return;
    if (this.#hasEnded) this.#finish();
    else this.#awaitMore(isNew || more === '');
  }

  /** Waits for the next request, or for the rest of it. */
  #awaitMore(isFirstPart: boolean): void {
    const { headerTimeoutMs, keepAliveTimeoutMs } = this.#context.options;
    if (this.input.length === 0) this.watch(this.#context.stopping ? DRAIN_IDLE_MS : keepAliveTimeoutMs);
    else if (isFirstPart) this.watch(headerTimeoutMs);
    this.wire.resume();
  }

  /** False: the request is not whole yet. */
  #takeRequest(): boolean {
    const taken = this.input.takeHead();
    if (taken === 'partial') return false;
    if (taken === 'ready') this.#serve();
    else if (taken === 'http2') this.#switchToHttp2();
    else this.onRefused(taken);
    return true;
  }

  #switchToHttp2(): void {
    this.#host.onHttp2(this.wire.release(Buffer.from(this.input.clear(), 'latin1')));
    this.onClose();
  }

  /** Serves the request whose head was just read. */
  #serve(): void {
    const { options, limits } = this.#context;
    this.#requests++;
    if (this.#requests === limits.maxRequestsPerConnection) this.head.isLast = true;
    const lane = laneFor(this.head, options.maxBodyBytes);
    if (lane === 'fast') this.#serveFast();
    else if (lane === 'own') this.#serveItself();
    else if (lane !== 'general') this.onRefused(lane);
    else {
      this.#state = 'general';
      this.#general.begin();
    }
  }

  #serveItself(): void {
    const isLast = this.head.isLast || this.#context.stopping;
    this.wire.writeText(ownOptions(isLast));
    if (isLast) this.#finish();
  }

  #serveFast(): void {
    const length = this.head.framing === 'length' ? this.head.contentLength : 0;
    const body = length === 0 ? '' : this.input.takeBody(length);
    this.#bodyLeft = length - body.length;
    this.#state = 'fast';
    // One read of the body is enough until somebody takes it.
    if (this.#bodyLeft > 0) this.wire.pause();
    this.#exchange.begin(body);
  }

  onTurnEnd(isLast: boolean): void {
    if (isLast) this.#finish();
    else this.#next();
  }

  watchPace(): void {
    this.#pace.begin();
  }

  onAnswered(): void {
    if (this.#state !== 'closed') this.onTurnEnd(this.head.isLast || this.#bodyLeft > 0);
  }

  #next(): void {
    this.#state = 'head';
    this.#advance('');
  }

  onRefused(code: ProxyErrorCode): void {
    if (this.#state === 'closed' || this.#state === 'lingering') return;
    if (this.#general.hasAnswered) {
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
    this.onClose();
  }

  onTunnel(): void {
    this.#state = 'tunnel';
    const ahead = this.input.clear();
    if (ahead !== '') this.#sendOn(Buffer.from(ahead, 'latin1'));
    if (this.#hasEnded) this.#exchange.onClientEnd();
  }

  /** Ends the connection behind the last answer, without a reset that could overtake it. */
  #finish(): void {
    this.#state = 'lingering';
    this.#general.destroy();
    this.input.clear();
    this.wire.end();
    this.wire.resume();
    this.watch(LINGER_MS);
  }

  onDrain(): void {
    if (this.#state === 'general') this.#general.onDrain();
    else this.#exchange.onClientDrain();
  }

  onEnd(): void {
    this.#hasEnded = true;
    if (this.#state === 'head') {
      if (this.input.length === 0) this.#finish();
      else this.onRefused('malformed');
    } else if (this.#state === 'tunnel') this.#exchange.onClientEnd();
    else if (this.#isSending) {
      // A body cut short is no request.
      this.#exchange.abandon();
      this.onRefused('malformed');
    }
  }

  onClose(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.input.clear();
    this.#context.deadlines.disarm(this.#deadline);
    this.#pace.end();
    this.#exchange.abandon();
    this.#general.destroy();
    this.#context.counters.connectionClosed();
    this.#host.onClosed(this);
  }

  #expire(): void {
    switch (this.#state) {
      case 'head':
        if (this.input.length === 0) this.#finish();
        else this.onRefused('request-timeout');
        break;
      case 'fast':
      case 'tunnel':
        this.#exchange.onTimeout();
        break;
      case 'general':
        if (this.wire.isBlocked) this.onBroken();
        else this.onRefused('request-timeout');
        break;
      default:
        this.wire.destroy();
        this.onClose();
    }
  }

  /** The worker is going away: the next answer is the last, and silence ends the connection. */
  drain(): void {
    if (this.#state === 'head' && this.input.length === 0) this.watch(DRAIN_IDLE_MS);
  }
}
