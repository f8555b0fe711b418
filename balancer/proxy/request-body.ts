import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

function announcesBody(request: IncomingMessage): boolean {
  const { 'transfer-encoding': coding, 'content-length': length } = request.headers;
  return coding !== undefined || Number(length ?? 0) > 0;
}

/** Is part of the body still to come? A connection cannot be used again before it has come. */
export function awaitsBody(request: IncomingMessage): boolean {
  return !request.complete && announcesBody(request);
}

export interface BodyRules {
  /** When the source has ended, was that the body's end? */
  readonly isWhole: () => boolean;
  /**
   * What the client said its bytes would be. Who has them all has a whole request, so the piece that completes them waits
   * until the source has ended well. 0: it did not say.
   */
  readonly announcedBytes?: number;
  readonly maxBytes?: number;
  readonly onTooLong?: () => void;
}

/** A request's body on its way to a replica, and whether any of it is already gone. */
export class RequestBody {
  readonly #source: Readable;
  readonly #rules: BodyRules;
  #begun = false;
  #isCut = false;
  #bytes = 0;

  constructor(source: Readable, rules: BodyRules) {
    this.#source = source;
    this.#rules = rules;
  }

  /** null when the request has none. */
  static of(request: IncomingMessage): RequestBody | null {
    return announcesBody(request) ? new RequestBody(request, { isWhole: () => request.complete }) : null;
  }

  /** May it still be sent from its start? */
  get intact(): boolean {
    return !this.#begun;
  }

  /** It was given up half-way: by the client, or because it is too long. */
  get isCut(): boolean {
    return this.#isCut;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The body, piece by piece. Leaving it half-way leaves the request as it is, so that it can be answered. */
  async *read(): AsyncGenerator<Buffer> {
    const { isWhole, announcedBytes = 0, maxBytes = Number.POSITIVE_INFINITY, onTooLong } = this.#rules;
    const held: Buffer[] = [];
    for await (const piece of this.#source.iterator({ destroyOnReturn: false })) {
      this.#begun = true;
      this.#bytes += piece.length;
      if (this.#bytes > maxBytes) {
        onTooLong?.();
        this.#cut();
      }
      if (announcedBytes > 0 && this.#bytes >= announcedBytes) held.push(piece);
      else yield piece;
    }
    if (!isWhole()) this.#cut();
    yield* held;
  }

  #cut(): never {
    this.#isCut = true;
    throw new Error('the request was given up');
  }
}
