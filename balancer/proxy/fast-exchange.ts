import type { AnswerHead } from './answer-head.ts';
import type { AnswerSink, UpstreamFault } from './answer-sink.ts';
import { answerText, unknownEndpointText } from './answer-text.ts';
import type { FastClient } from './fast-client.ts';
import { clientAddress } from './forwarded.ts';
import { requestText } from './request-text.ts';
import { type KeySource, pathOf } from './routing-key.ts';
import { CONTINUE_WAIT_MS } from './traffic-limits.ts';
import { Trip } from './trip.ts';
import type { UpstreamConnection } from './upstream-connection.ts';
import type { NoConnection, PoolGuest, UpstreamPool } from './upstream-pool.ts';
import type { WorkerContext } from './worker-context.ts';

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';

/** `queued`: waits for a connection to the replica. */
type Stage = 'over' | 'queued' | 'waiting' | 'answering' | 'tunnel';

/** One request through the fast lane, its retries included. A connection uses the same one for all of its requests. */
export class FastExchange implements AnswerSink, KeySource, PoolGuest {
  readonly asked = { isHead: false, isWebSocket: false };
  readonly #context: WorkerContext;
  readonly #client: FastClient;
  readonly #trip: Trip;
  #stage: Stage = 'over';
  #pool: UpstreamPool | null = null;
  #upstream: UpstreamConnection | null = null;
  /** The head as the replica gets it. */
  #headText = '';
  #request = '';
  #isBodyIntact = true;
  #isSent = false;
  #hasBegun = false;
  /** The client expects a 100, and has got none. */
  #isContinueDue = false;
  /** The replica's answer is thrown away for ours. */
  #isReplaced = false;
  #status = 0;
  #bytesIn = 0;
  #bytesOut = 0;

  constructor(client: FastClient, context: WorkerContext) {
    this.#client = client;
    this.#context = context;
    this.#trip = new Trip(context);
  }

  /** Takes on the client's request; `body` is what is there of its body. */
  begin(body: string): void {
    const { head } = this.#client;
    this.asked.isHead = head.method === 'HEAD';
    this.asked.isWebSocket = head.isWebSocket;
    this.#trip.begin(head.method, this.#context.chooseSlot(this));
    if (!head.isRepeated || this.#headText === '') {
      this.#headText = requestText(head, this.#client, this.#context.options.via ?? '');
    }
    this.#request = body === '' ? this.#headText : this.#headText + body;
    this.#isBodyIntact = true;
    this.#hasBegun = false;
    this.#isContinueDue = head.expectsContinue;
    this.#bytesIn = this.#request.length;
    this.#bytesOut = 0;
    this.#attempt();
  }

  get target(): string {
    return this.#client.head.target;
  }

  get clientAddress(): string {
    const { address, head } = this.#client;
    return head.forwardedFor === '' ? address : clientAddress(address, head.forwardedFor, this.#context.trusted);
  }

  field(name: string): string | null {
    return this.#client.head.field(name);
  }

  #attempt(): void {
    const replica = this.#trip.next();
    if (replica === undefined) {
      this.#stage = 'over';
      this.#client.onRefused('no-replica');
      return;
    }
    const { method } = this.#client.head;
    this.#isSent = false;
    this.#pool = replica.pool;
    const upstream = replica.pool.take(this, method !== 'POST' && method !== 'PATCH');
    if (upstream === null) this.#queue();
    else this.onConnection(upstream);
  }

  #queue(): void {
    this.#stage = 'queued';
    // On a retry the client may be sending already, and nobody takes it.
    if (this.#client.awaitsBody) this.#client.wire.pause();
    this.#client.watch(this.#context.limits.queueTimeoutMs);
  }

  onConnection(upstream: UpstreamConnection): void {
    this.#upstream = upstream;
    upstream.ask(this, this.#request);
  }

  onNoConnection(fault: NoConnection, detail: string): void {
    this.onFault(fault, detail);
  }

  onSent(): void {
    this.#isSent = true;
    this.#stage = 'waiting';
    this.#watch();
    if (this.#client.awaitsBody) this.#client.resumeReading();
  }

  /** Does the client perhaps wait for a 100 with the rest of its body? */
  get #isHeldBack(): boolean {
    return this.#isContinueDue && this.#stage === 'waiting' && this.#client.awaitsBody;
  }

  /** Waits for a 100, for the client's body, for the answer's beginning, or for more of the answer. */
  #watch(): void {
    if (this.#isHeldBack) {
      this.#client.watch(CONTINUE_WAIT_MS);
      return;
    }
    const { bodyIdleTimeoutMs, responseTimeoutMs } = this.#context.options;
    const isBodyMoving = this.#client.awaitsBody || this.#stage !== 'waiting';
    this.#client.watch(isBodyMoving ? bodyIdleTimeoutMs : responseTimeoutMs);
  }

  /** May more of the body be sent now? Before the connection is made it has to wait. */
  get takesBody(): boolean {
    return this.#isSent && this.#upstream?.isBlocked !== true;
  }

  /** More of the request's body, or of the tunnel. */
  sendBody(bytes: Buffer): void {
    this.#isBodyIntact = false;
    this.#bytesIn += bytes.length;
    this.#upstream?.sendBody(bytes);
    this.#watch();
  }

  onUpstreamDrain(): void {
    this.#client.resumeReading();
  }

  onInterim(head: AnswerHead): void {
    const text = `${head.kept}${this.#signature()}\r\n`;
    if (head.status > 101) this.#client.wire.writeText(text);
    else this.#tellToGoOn(text);
  }

  /** Once, whichever replica says so: after a retry the client may be sending already. */
  #tellToGoOn(text: string): void {
    if (!this.#isContinueDue) return;
    this.#isContinueDue = false;
    this.#client.wire.writeText(text);
    this.#watch();
  }

  onHead(head: AnswerHead, body: string): void {
    this.#status = head.status;
    this.#stage = head.framing === 'tunnel' ? 'tunnel' : 'answering';
    // The rest of the body will never be sent: whatever came next would be taken for it (RFC 9112, 9.3).
    if (this.#client.awaitsBody) head.isReusable = false;
    this.#isReplaced = this.#isUnknownEndpoint(head);
    if (this.#isReplaced) return;
    this.#hasBegun = true;
    const text = answerText(head, this.#signature(), this.#connectionLine()) + body;
    this.#bytesOut += text.length;
    this.#client.wire.writeText(text);
    if (this.#stage === 'tunnel') this.#client.onTunnel();
    this.#watch();
  }

  #isUnknownEndpoint(head: AnswerHead): boolean {
    return this.#context.options.contractErrors && head.status === 404 && this.#client.head.method === 'GET';
  }

  #signature(): string {
    return this.#trip.replica?.signature ?? '';
  }

  #connectionLine(): string {
    const isLast = this.#client.head.isLast || this.#context.stopping || this.#client.awaitsBody;
    if (!isLast || this.#stage === 'tunnel') return '';
    this.#client.head.isLast = true;
    return 'Connection: close\r\n';
  }

  onBody(bytes: Buffer): void {
    if (this.#isReplaced) return;
    this.#bytesOut += bytes.length;
    this.#client.wire.writeBytes(bytes);
    if (this.isClientBlocked) this.#client.watchPace();
    this.#watch();
  }

  onBodyText(text: string): void {
    if (!this.#isReplaced) this.#client.wire.writeText(text);
  }

  get isClientBlocked(): boolean {
    return this.#client.wire.isBlocked;
  }

  onClientDrain(): void {
    this.#upstream?.onClientDrain();
  }

  /** The client will send nothing more: through a tunnel that is passed on. */
  onClientEnd(): void {
    if (this.#stage === 'tunnel') this.#upstream?.endSending();
  }

  onAnswerEnd(): void {
    if (this.#stage === 'over') return;
    if (this.#isReplaced) this.#writeUnknownEndpoint();
    const isTunnel = this.#stage === 'tunnel';
    this.#stage = 'over';
    this.#upstream = null;
    this.#trip.answered(this.#status, this.#bytesIn, this.#bytesOut);
    if (isTunnel) this.#client.head.isLast = true;
    this.#client.onAnswered();
  }

  #writeUnknownEndpoint(): void {
    const text = unknownEndpointText(pathOf(this.#client.head.target), this.#signature(), this.#connectionLine());
    this.#status = 400;
    this.#bytesOut = text.length;
    this.#client.wire.writeText(text);
  }

  onFault(fault: UpstreamFault, detail: string): void {
    if (this.#stage === 'over') return;
    this.#upstream = null;
    const kind = fault === 'invalid' ? 'reset' : fault;
    const again = this.#trip.failed({
      kind,
      detail,
      unsent: !this.#isSent,
      bodyIntact: this.#isBodyIntact,
      answerBegun: this.#hasBegun,
    });
    if (again) {
      this.#attempt();
      return;
    }
    const hadBegun = this.#hasBegun;
    this.#stage = 'over';
    if (hadBegun) this.#client.onBroken();
    else this.#client.onRefused(fault === 'timeout' ? 'replica-timeout' : 'replica-failed');
  }

  /** Nothing came for as long as `watch` allows. */
  onTimeout(): void {
    if (this.#stage === 'queued') this.#overdue();
    if (this.#isHeldBack) {
      this.#tellToGoOn(CONTINUE);
      return;
    }
    const upstream = this.#upstream;
    if (this.#stage === 'over' || upstream === null) return;
    const isBodyDue = this.#client.awaitsBody && this.takesBody;
    if (isBodyDue || this.isClientBlocked || this.#stage === 'tunnel') {
      const wasAnswering = this.#hasBegun;
      this.abandon();
      if (wasAnswering) this.#client.onBroken();
      else this.#client.onRefused('request-timeout');
      return;
    }
    upstream.drop();
    this.onFault('timeout', 'no answer in time');
  }

  #overdue(): void {
    this.#pool?.leave(this);
    this.#stage = 'over';
    this.#trip.overdue();
    this.#client.onRefused('overloaded');
  }

  /** The client is gone, or has to go: nobody failed. */
  abandon(): void {
    if (this.#stage === 'over') return;
    if (this.#stage === 'queued') this.#pool?.leave(this);
    this.#stage = 'over';
    const upstream = this.#upstream;
    this.#upstream = null;
    this.#trip.abandoned();
    upstream?.drop();
  }
}
