import type { ProxyErrorCode } from './errors.ts';
import { judgeBegun } from './head-grammar.ts';
import { looksLikeHttp2 } from './http2/preface.ts';
import type { RequestHead } from './request-head.ts';

/** Pipelined requests are read ahead up to here. */
const MAX_AHEAD_BYTES = 65_536;
const HEAD_END = '\r\n\r\n';
/** Method, version and the blanks around the target. */
const REQUEST_LINE_EXTRA_BYTES = 64;

export interface HeadLimits {
  readonly maxHeaderBytes: number;
  readonly maxHeaderCount: number;
  readonly maxTargetBytes: number;
}

/**
 * `partial`: not all of the header section is there. `ready`: it was read into the head. `http2`: the client speaks that,
 * and all of its input is there still. Else what is wrong with it.
 */
export type Taken = 'partial' | 'ready' | 'http2' | ProxyErrorCode;

/** What a client sent and nobody has taken yet: requests in a row, the last one perhaps in part. Latin1 text. */
export class RequestInput {
  readonly #head: RequestHead;
  readonly #limits: HeadLimits;
  #text = '';
  /** How much of the text was found to be the beginning of a right header section. */
  #judged = 0;
  /** Might the client speak HTTP/2? Known with its first bytes. */
  #mayBeHttp2: boolean;

  constructor(head: RequestHead, limits: HeadLimits, mayBeHttp2 = false) {
    this.#mayBeHttp2 = mayBeHttp2;
    this.#head = head;
    this.#limits = limits;
  }

  get length(): number {
    return this.#text.length;
  }

  /** No more should be read ahead. */
  get isFull(): boolean {
    return this.#text.length > MAX_AHEAD_BYTES;
  }

  /** Keeps what came ahead of its turn. */
  keep(bytes: Buffer, from: number, to: number): void {
    if (from < to) this.append(bytes.toString('latin1', from, to));
  }

  append(text: string): void {
    this.#text = this.#text === '' ? text : this.#text + text;
  }

  /** Takes the next request's header section off, if all of it is there. */
  takeHead(): Taken {
    if (this.#mayBeHttp2) {
      const looks = looksLikeHttp2(this.#text);
      if (looks === 'undecided') return 'partial';
      if (looks) return 'http2';
      this.#mayBeHttp2 = false;
    }
    // RFC 9112, 2.2: an empty line before a request is no request.
    if (this.#judged === 0 && this.#text.startsWith('\r\n')) this.#text = this.#text.slice(2);
    const text = this.#text;
    const end = text.indexOf(HEAD_END);
    if (end < 0) return this.#judgePart(text);
    this.#judged = 0;
    if (end + HEAD_END.length > this.#limits.maxHeaderBytes) return 'header-too-large';
    const wrong = this.#head.read(text, end, this.#limits.maxHeaderCount, this.#limits.maxTargetBytes);
    if (wrong !== null) return wrong;
    this.#text = text.length === end + HEAD_END.length ? '' : text.slice(end + HEAD_END.length);
    return 'ready';
  }

  /** A wrong beginning is refused at once: its end might never come. Looked at again with each new line only. */
  #judgePart(text: string): Taken {
    const { maxHeaderBytes, maxTargetBytes } = this.#limits;
    const isLineOpen = !text.includes('\n');
    if (isLineOpen && text.length > maxTargetBytes + REQUEST_LINE_EXTRA_BYTES) return 'target-too-long';
    if (text.length > maxHeaderBytes) return 'header-too-large';
    const hasNewLine = text.indexOf('\n', this.#judged) >= 0;
    this.#judged = text.length;
    return (hasNewLine ? judgeBegun(text) : null) ?? 'partial';
  }

  /** Takes what is there of a body of this length. */
  takeBody(length: number): string {
    const text = this.#text;
    this.#text = text.length <= length ? '' : text.slice(length);
    return text.length <= length ? text : text.slice(0, length);
  }

  clear(): string {
    const text = this.#text;
    this.#text = '';
    this.#judged = 0;
    return text;
  }
}
