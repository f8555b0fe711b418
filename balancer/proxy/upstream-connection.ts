import { AnswerHead } from './answer-head.ts';
import type { AnswerSink, UpstreamFault } from './answer-sink.ts';
import { ChunkScanner } from './chunk-scanner.ts';
import { Wire, type WireOwner } from './wire.ts';

/** An answer's header section may be this long; usual servers stop at 8–16 KiB. */
const MAX_HEAD_BYTES = 65_536;
/** Up to here head and body are read as one text and leave in one write; above, the body stays bytes. */
export const TEXT_BYTES = 16_384;
const HEAD_END = '\r\n\r\n';

/** What its pool does for a connection. */
export interface ConnectionHome {
  /** It is open and idle. */
  connected(connection: UpstreamConnection): void;
  /** One could not be made; after `lost`. */
  failed(fault: 'refused', detail: string): void;
  /** The answer is over and the connection good for another one. */
  release(connection: UpstreamConnection): void;
  /** It is closed; `wasIdle`: while nothing was asked of it. */
  lost(connection: UpstreamConnection, wasIdle: boolean): void;
}

type Phase = 'idle' | 'head' | 'body' | 'closed';

/** One kept-alive connection to one instance: sends a request, reads its answer strictly, and takes the next one. */
export class UpstreamConnection implements WireOwner {
  readonly #home: ConnectionHome;
  readonly #head = new AnswerHead();
  readonly #chunks = new ChunkScanner();
  readonly #wire: Wire;
  #phase: Phase = 'idle';
  #sink: AnswerSink | null = null;
  #isConnected = false;
  #part = '';
  #left = 0;
  #isReleaseDue = false;
  /** On the pool's clock, ms. */
  idleSince = 0;

  constructor(host: string, port: number, home: ConnectionHome) {
    this.#home = home;
    this.#wire = Wire.connect(host, port, this);
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  get isBlocked(): boolean {
    return this.#wire.isBlocked;
  }

  /** Sends a request, or its beginning; `sink` gets the answer. */
  ask(sink: AnswerSink, text: string): void {
    this.#sink = sink;
    this.#phase = 'head';
    this.#part = '';
    this.#wire.writeText(text);
    sink.onSent();
  }

  /** More of the request's body, or of the tunnel. The bytes must stay as they are. */
  sendBody(bytes: Buffer): void {
    this.#wire.writeBytes(bytes);
  }

  /** Nothing more will be sent through the tunnel. */
  endSending(): void {
    this.#wire.end();
  }

  pauseReading(): void {
    this.#wire.pause();
  }

  /** The client has taken everything: what was lent is free again. */
  onClientDrain(): void {
    if (this.#phase === 'closed') return;
    if (this.#isReleaseDue) this.#release();
    this.#wire.resume();
  }

  /** Gives the request up: the answer is of no interest any more. */
  drop(): void {
    if (this.#phase === 'closed') return;
    this.#phase = 'closed';
    this.#sink = null;
    this.#wire.destroy();
    this.#home.lost(this, false);
  }

  onConnect(): void {
    if (this.#phase === 'closed') return;
    this.#isConnected = true;
    this.#home.connected(this);
  }

  onDrain(): void {
    this.#sink?.onUpstreamDrain();
  }

  onBytes(bytes: Buffer, length: number): void {
    if (this.#phase === 'head') this.#readHead(bytes, length);
    else if (this.#phase === 'body' && !this.#isReleaseDue) this.#readBody(bytes, 0, length);
    else this.#closeQuietly(this.#phase === 'idle');
  }

  /** Bytes that belong to no answer: whoever sent them cannot be trusted with another request. */
  #closeQuietly(wasIdle: boolean): void {
    if (this.#phase === 'closed') return;
    this.#phase = 'closed';
    this.#wire.destroy();
    this.#home.lost(this, wasIdle);
  }

  #readHead(bytes: Buffer, length: number): void {
    let headLength = length;
    if (length > TEXT_BYTES) {
      const end = bytes.indexOf(HEAD_END, 0, 'latin1');
      headLength = end < 0 || end + 4 > length ? length : end + 4;
    }
    const before = this.#part.length;
    const text = this.#part + bytes.toString('latin1', 0, headLength);
    this.#part = '';
    const used = this.#takeHeads(text);
    if (used < 0 || this.#phase !== 'body') return;
    const rest = headLength === length ? text.slice(used) : '';
    this.#beginBody(bytes, length, used - before, rest);
  }

  /** Reads interim answers and the final head; returns where the body begins, -1 when that is still to come. */
  #takeHeads(text: string): number {
    let from = 0;
    while (this.#phase === 'head') {
      const end = text.indexOf(HEAD_END, from);
      const section = from === 0 ? text : text.slice(from);
      if (end < 0) {
        this.#part = section;
        if (section.length > MAX_HEAD_BYTES) this.#fault('invalid', 'header section is too long');
        return -1;
      }
      if (!this.#takeHead(section, end - from)) return -1;
      from = end + 4;
    }
    return from;
  }

  /** False: it is no valid one. */
  #takeHead(section: string, end: number): boolean {
    const sink = this.#sink;
    if (sink === null) return false;
    if (!this.#head.read(section, end, sink.asked)) {
      this.#fault('invalid', 'no valid answer');
      return false;
    }
    if (this.#head.status >= 200 || this.#head.framing === 'tunnel') this.#phase = 'body';
    else sink.onInterim(this.#head);
    return true;
  }

  /** Passes the head on, with the body where all of it is there as text already. */
  #beginBody(bytes: Buffer, length: number, bodyFrom: number, rest: string): void {
    const sink = this.#sink;
    if (sink === null) return;
    const { framing, contentLength } = this.#head;
    if (framing === 'length' && rest.length === contentLength) {
      sink.onHead(this.#head, rest);
      this.#release();
      return;
    }
    this.#left = contentLength;
    if (framing === 'chunked') this.#chunks.reset();
    sink.onHead(this.#head, '');
    if (framing === 'none') {
      if (bodyFrom < length) this.#head.isReusable = false;
      this.#release();
    } else if (bodyFrom < length) this.#readBody(bytes, bodyFrom, length);
  }

  #readBody(bytes: Buffer, from: number, to: number): void {
    const sink = this.#sink;
    if (sink === null) return;
    switch (this.#head.framing) {
      case 'length':
        this.#readCounted(sink, bytes, from, to);
        break;
      case 'chunked':
        this.#readChunked(sink, bytes, from, to);
        break;
      case 'close':
        sink.onBodyText(`${(to - from).toString(16)}\r\n`);
        sink.onBody(bytes.subarray(from, to));
        sink.onBodyText('\r\n');
        break;
      default:
        sink.onBody(bytes.subarray(from, to));
    }
    if (this.#phase === 'body' && sink.isClientBlocked) this.#wire.pause();
  }

  #readCounted(sink: AnswerSink, bytes: Buffer, from: number, to: number): void {
    const take = Math.min(this.#left, to - from);
    this.#left -= take;
    // Longer than it said: what follows is no answer of ours.
    if (take < to - from) this.#head.isReusable = false;
    sink.onBody(bytes.subarray(from, from + take));
    if (this.#left === 0) this.#answerEnd();
  }

  #readChunked(sink: AnswerSink, bytes: Buffer, from: number, to: number): void {
    const trailersBefore = this.#chunks.trailers.length;
    const at = this.#chunks.scan(bytes, from, to);
    if (this.#chunks.isBroken) {
      this.#fault('invalid', 'broken chunked body');
      return;
    }
    // Trailers are held back until they are known to be right.
    const bodyTo = at - (this.#chunks.trailers.length - trailersBefore);
    if (bodyTo > from) sink.onBody(bytes.subarray(from, bodyTo));
    if (!this.#chunks.isDone) return;
    sink.onBodyText(this.#chunks.trailers);
    if (at < to) this.#head.isReusable = false;
    this.#answerEnd();
  }

  /** Releases the connection before the sink hears of it, so that its next request can go out on the same one. */
  #answerEnd(): void {
    const sink = this.#sink;
    if (sink === null) return;
    if (sink.isClientBlocked) {
      this.#isReleaseDue = true;
      this.#wire.pause();
      return;
    }
    this.#release();
  }

  #release(): void {
    const sink = this.#sink;
    this.#isReleaseDue = false;
    this.#sink = null;
    if (this.#head.isReusable) {
      this.#phase = 'idle';
      this.#home.release(this);
    } else this.#closeQuietly(false);
    sink?.onAnswerEnd();
  }

  /** The answer cannot be finished. */
  #fault(fault: UpstreamFault, detail: string): void {
    if (this.#phase === 'closed') return;
    const sink = this.#sink;
    const wasIdle = this.#phase === 'idle';
    this.#phase = 'closed';
    this.#sink = null;
    this.#wire.destroy();
    this.#home.lost(this, wasIdle);
    sink?.onFault(fault, detail);
  }

  onEnd(): void {
    if (this.#isReleaseDue) {
      this.#head.isReusable = false;
      return;
    }
    if (this.#phase === 'body' && this.#head.framing === 'close') {
      this.#sink?.onBodyText('0\r\n\r\n');
      this.#answerEnd();
    } else if (this.#phase === 'body' && this.#head.framing === 'tunnel') this.#answerEnd();
    else this.#fault('reset', 'connection closed');
  }

  onClose(error: Error | null): void {
    if (this.#isReleaseDue) {
      this.#head.isReusable = false;
      this.#release();
      return;
    }
    const code = error !== null && 'code' in error ? String(error.code) : 'closed';
    if (this.#isConnected) this.#fault('reset', code);
    else this.#refused(code);
  }

  #refused(code: string): void {
    if (this.#phase === 'closed') return;
    this.#phase = 'closed';
    this.#home.lost(this, false);
    this.#home.failed('refused', code);
  }
}
