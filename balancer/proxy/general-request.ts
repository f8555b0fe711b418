import { ChunkScanner } from './chunk-scanner.ts';
import type { GeneralStream } from './general-stream.ts';
import type { RequestHead } from './request-head.ts';

/** Feeds the general lane exactly one request at a time: knows where each ends, and stops where its framing is wrong. */
export class GeneralRequest {
  readonly #stream: GeneralStream;
  readonly #maxBodyBytes: number;
  readonly #chunks = new ChunkScanner();
  #isChunked = false;
  #left = 0;

  /** `maxBodyBytes` 0: any length. */
  constructor(stream: GeneralStream, maxBodyBytes: number) {
    this.#stream = stream;
    this.#maxBodyBytes = maxBodyBytes;
  }

  get isBroken(): boolean {
    return this.#isChunked && this.#chunks.isBroken;
  }

  get isTooLong(): boolean {
    return this.#isChunked && this.#maxBodyBytes > 0 && this.#chunks.announcedBytes > this.#maxBodyBytes;
  }

  /** Is more of the request to come? */
  get awaitsBody(): boolean {
    return this.#isChunked ? !this.#chunks.isDone : this.#left > 0;
  }

  /** Has the client got something of an answer already? */
  get hasAnswered(): boolean {
    return this.#stream.hasWritten;
  }

  /** Begins a request; returns how much of `body` belongs to it. */
  begin(head: RequestHead, body: Buffer): number {
    this.#isChunked = head.framing === 'chunked';
    this.#left = head.framing === 'length' ? head.contentLength : 0;
    this.#chunks.reset();
    this.#stream.beginAnswer();
    this.#stream.feed(Buffer.from(head.text, 'latin1'));
    return this.feed(body, body.length);
  }

  /** Takes what belongs to the request; returns where that ends. The bytes are copied. */
  feed(bytes: Buffer, length: number): number {
    const end = this.#isChunked ? this.#chunks.scan(bytes, 0, length) : Math.min(this.#left, length);
    if (!this.#isChunked) this.#left -= end;
    const isRight = !this.isBroken && !this.isTooLong;
    if (isRight && end > 0) this.#stream.feed(Buffer.from(bytes.subarray(0, end)));
    return end;
  }

  /** Should the client be kept from sending more? */
  get isFull(): boolean {
    return this.#stream.isFull;
  }

  onDrain(): void {
    this.#stream.onDrain();
  }

  destroy(): void {
    if (!this.#stream.destroyed) this.#stream.destroy();
  }
}
