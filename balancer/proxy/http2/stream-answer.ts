import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { ClientAnswer, Trailers } from '../client-answer.ts';
import { errorAnswer, type ProxyErrorCode } from '../errors.ts';
import type { FlatFields } from '../general-fields.ts';
import { isHopByHop } from '../hop-by-hop.ts';
import { HTTP2_TAKES_NO } from './connection-fields.ts';

const NEVER_IN_TRAILERS = new Set(['content-length', 'host', 'set-cookie']);

function headersOf(status: number, flat: FlatFields): OutgoingHttpHeaders {
  const headers: Record<string, number | string | string[]> = { ':status': status };
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const name = (flat[i] ?? '').toLowerCase();
    const value = flat[i + 1] ?? '';
    if (HTTP2_TAKES_NO.has(name)) continue;
    const before = headers[name];
    headers[name] = before === undefined ? value : [before, value].flat().map(String);
  }
  return headers;
}

function trailersOf(trailers: Trailers): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(trailers).filter(([name]) => !isHopByHop(name) && !NEVER_IN_TRAILERS.has(name)),
  );
}

/** An answer into a stream. */
export class StreamAnswer implements ClientAnswer {
  readonly #stream: ServerHttp2Stream;
  /** Has the client sent all of its request? */
  readonly #isRequestWhole: () => boolean;
  #trailers: Trailers = {};
  #writtenBytes = 0;

  constructor(stream: ServerHttp2Stream, isRequestWhole: () => boolean) {
    this.#stream = stream;
    this.#isRequestWhole = isRequestWhole;
  }

  get hasBegun(): boolean {
    return this.#stream.headersSent;
  }

  /** Bytes of the body that have left. */
  get writtenBytes(): number {
    return this.#writtenBytes;
  }

  get #isOver(): boolean {
    return this.#stream.destroyed || this.#stream.closed;
  }

  inform(status: number, _reason: string, fields: FlatFields): void {
    if (!this.#isOver && !this.hasBegun) this.#stream.additionalHeaders(headersOf(status, fields));
  }

  begin(status: number, _reason: string, fields: readonly string[]): void {
    if (this.#isOver) return;
    const headers = headersOf(status, fields);
    // Only an answer of unknown length can have trailers; they cost the others a frame.
    const waitForTrailers = headers['content-length'] === undefined && !this.#stream.writableEnded;
    if (waitForTrailers) this.#stream.once('wantTrailers', () => this.#sendTrailers());
    this.#stream.respond(headers, { waitForTrailers });
  }

  #sendTrailers(): void {
    try {
      this.#stream.sendTrailers(trailersOf(this.#trailers));
    } catch {
      // A replica's trailers that HTTP/2 cannot say: the client must not take it for the whole.
      this.cut();
    }
  }

  write(chunk: Buffer): boolean {
    if (this.#isOver || this.#stream.writableEnded) return true;
    const { length } = chunk;
    return this.#stream.write(chunk, () => {
      this.#writtenBytes += length;
    });
  }

  onceDrained(resume: () => void): void {
    this.#stream.once('drain', resume);
  }

  end(trailers: Trailers): void {
    if (this.#isOver) return;
    this.#trailers = trailers;
    this.#endStream();
  }

  #endStream(body?: Buffer): void {
    const stream = this.#stream;
    // RFC 9113, 8.1: behind an answer nobody wants the rest of the request.
    if (!this.#isRequestWhole())
      stream.once('finish', () => setImmediate(() => stream.close(constants.NGHTTP2_NO_ERROR)));
    if (stream.writableEnded) return;
    if (body === undefined) stream.end();
    else stream.end(body);
  }

  refuse(code: ProxyErrorCode): void {
    if (this.#isOver) return;
    if (this.hasBegun) {
      this.cut();
      return;
    }
    const { status, body, fields } = errorAnswer(code);
    this.#stream.respond(headersOf(status, fields.flat()));
    this.#endStream(Buffer.from(body));
  }

  /** `close` would end the stream ahead of resetting it, and a torn answer would pass for whole. */
  cut(): void {
    this.#stream.destroy(new Error('the answer broke off'));
  }

  onGone(listener: () => void): () => void {
    this.#stream.once('close', listener);
    return () => this.#stream.off('close', listener);
  }
}
