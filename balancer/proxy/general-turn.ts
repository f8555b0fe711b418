import type { ProxyErrorCode } from './errors.ts';
import type { Proto } from './forwarded.ts';
import type { GeneralRequest } from './general-request.ts';
import type { GeneralClient } from './general-stream.ts';
import type { RequestHead } from './request-head.ts';
import type { RequestInput } from './request-input.ts';
import type { Wire } from './wire.ts';

/** Hands a client to Node's HTTP server; what is returned takes its requests. */
export type OpenGeneral = (client: GeneralClient) => GeneralRequest;

/** What a turn needs of the client's connection. */
export interface TurnHost {
  readonly wire: Wire;
  readonly address: string;
  readonly proto: Proto;
  readonly head: RequestHead;
  readonly input: RequestInput;
  /** Waits for the client this long; 0: does not wait for it. */
  watch(ms: number): void;
  /** Looks at the client's pace from here on. */
  watchPace(): void;
  resumeReading(): void;
  onRefused(code: ProxyErrorCode): void;
  onBroken(): void;
  /** The answer is out; `isLast`: and nothing may follow it. */
  onTurnEnd(isLast: boolean): void;
}

/** A client's requests in the general lane: feeds it, and watches the client while it waits for its replicas itself. */
export class GeneralTurn implements GeneralClient {
  readonly #host: TurnHost;
  readonly #open: OpenGeneral;
  readonly #bodyIdleTimeoutMs: number;
  #request: GeneralRequest | null = null;
  /** Is one of its requests being served? */
  #isActive = false;

  constructor(host: TurnHost, open: OpenGeneral, bodyIdleTimeoutMs: number) {
    this.#host = host;
    this.#open = open;
    this.#bodyIdleTimeoutMs = bodyIdleTimeoutMs;
  }

  get address(): string {
    return this.#host.address;
  }

  get proto(): Proto {
    return this.#host.proto;
  }

  get isBlocked(): boolean {
    return this.#host.wire.isBlocked;
  }

  get awaitsBody(): boolean {
    return this.#isActive && this.#request?.awaitsBody === true;
  }

  /** Has the client got something of the present answer? */
  get hasAnswered(): boolean {
    return this.#isActive && this.#request?.hasAnswered === true;
  }

  /** Serves the request whose head was just read. */
  begin(): void {
    this.#isActive = true;
    this.#request ??= this.#open(this);
    const bytes = Buffer.from(this.#host.input.clear(), 'latin1');
    this.#host.watchPace();
    const used = this.#request.begin(this.#host.head, bytes);
    this.#host.input.keep(bytes, used, bytes.length);
    this.#check();
  }

  onBytes(bytes: Buffer, length: number): void {
    this.#host.input.keep(bytes, this.#request?.feed(bytes, length) ?? 0, length);
    this.#check();
  }

  #check(): void {
    const request = this.#request;
    if (!this.#isActive || request === null) return;
    if (request.isBroken) this.#host.onRefused('malformed');
    else if (request.isTooLong) this.#host.onRefused('body-too-large');
    else {
      if (request.isFull || this.#host.input.isFull) this.#host.wire.pause();
      this.#host.watch(request.awaitsBody ? this.#bodyIdleTimeoutMs : 0);
    }
  }

  write(bytes: Buffer): void {
    this.#host.wire.writeBytes(bytes);
    if (!this.isBlocked) return;
    this.#host.watch(this.#bodyIdleTimeoutMs);
    this.#host.watchPace();
  }

  onDrain(): void {
    this.#request?.onDrain();
    this.#check();
  }

  resumeReading(): void {
    this.#host.resumeReading();
  }

  onRefused(code: ProxyErrorCode): void {
    if (this.#isActive) this.#host.onRefused(code);
  }

  onGeneralAnswered(): void {
    this.#endTurn(false);
  }

  onGeneralEnd(): void {
    this.#endTurn(true);
  }

  #endTurn(isLast: boolean): void {
    if (!this.#isActive) return;
    this.#isActive = false;
    this.#host.onTurnEnd(isLast);
  }

  onGeneralDestroyed(): void {
    if (this.#isActive) this.#host.onBroken();
  }

  /** Nothing of what the lane still does reaches the client. */
  destroy(): void {
    this.#isActive = false;
    this.#request?.destroy();
  }
}
