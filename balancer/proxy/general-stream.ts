import { Duplex } from 'node:stream';
import type { ProxyErrorCode } from './errors.ts';
import type { Proto } from './forwarded.ts';

/** What the stream needs of the client's connection. */
export interface GeneralClient {
  readonly address: string;
  readonly proto: Proto;
  readonly isBlocked: boolean;
  write(bytes: Buffer): void;
  /** The general lane takes more input. */
  resumeReading(): void;
  onRefused(code: ProxyErrorCode): void;
  /** The answer to the present request is out. */
  onGeneralAnswered(): void;
  /** The general lane has ended its side: the answer was the last one. */
  onGeneralEnd(): void;
  /** The general lane gave the connection up. */
  onGeneralDestroyed(): void;
}

/**
 * A client's connection as Node's HTTP server sees it: only the bytes of requests that were found to belong to the
 * general lane, one request at a time. Its framing has been checked before, so both parsers must agree on it.
 */
export class GeneralStream extends Duplex {
  readonly #client: GeneralClient;
  #flushed: (() => void) | null = null;
  #hasWritten = false;
  #isFull = false;

  constructor(client: GeneralClient) {
    super({ allowHalfOpen: true });
    this.#client = client;
  }

  /** Node's server and our handlers ask for it as they would ask a socket. */
  get remoteAddress(): string {
    return this.#client.address;
  }

  /** How the client speaks to us. */
  get proto(): Proto {
    return this.#client.proto;
  }

  /** Bytes of the client's request. */
  feed(bytes: Buffer): void {
    this.#isFull = !this.push(bytes);
  }

  /** Should the client be kept from sending more? */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Has anything of the present answer been written? */
  get hasWritten(): boolean {
    return this.#hasWritten;
  }

  /** What is written from here on answers the next request. */
  beginAnswer(): void {
    this.#hasWritten = false;
  }

  /** Node's parser does not take what came. */
  refused(): void {
    this.#client.onRefused('malformed');
  }

  /** The present answer is out. */
  answered(): void {
    this.#client.onGeneralAnswered();
  }

  /** The client took all that was written. */
  onDrain(): void {
    const flushed = this.#flushed;
    this.#flushed = null;
    flushed?.();
  }

  override _read(): void {
    this.#isFull = false;
    this.#client.resumeReading();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#hasWritten = true;
    this.#client.write(chunk);
    if (this.#client.isBlocked) this.#flushed = done;
    else done();
  }

  override _final(done: () => void): void {
    this.#client.onGeneralEnd();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#client.onGeneralDestroyed();
    done(error);
  }
}
