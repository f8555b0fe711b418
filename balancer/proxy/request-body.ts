import type { IncomingMessage } from 'node:http';

function announcesBody(request: IncomingMessage): boolean {
  const { 'transfer-encoding': coding, 'content-length': length } = request.headers;
  return coding !== undefined || Number(length ?? 0) > 0;
}

/** Is part of the body still to come? A connection cannot be used again before it has come. */
export function awaitsBody(request: IncomingMessage): boolean {
  return !request.complete && announcesBody(request);
}

/** A request's body on its way to a replica, and whether any of it is already gone. */
export class RequestBody {
  readonly #request: IncomingMessage;
  #begun = false;
  #bytes = 0;

  private constructor(request: IncomingMessage) {
    this.#request = request;
  }

  /** null when the request has none. */
  static of(request: IncomingMessage): RequestBody | null {
    return announcesBody(request) ? new RequestBody(request) : null;
  }

  /** May it still be sent from its start? */
  get intact(): boolean {
    return !this.#begun;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The body, piece by piece. Leaving it half-way leaves the request as it is, so that it can be answered. */
  async *read(): AsyncGenerator<Buffer> {
    for await (const piece of this.#request.iterator({ destroyOnReturn: false })) {
      this.#begun = true;
      this.#bytes += piece.length;
      yield piece;
    }
  }
}
