import type { ClientRequest, IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { asError } from './as-error.ts';
import type { AttemptController, GeneralAttempt, GeneralExchange } from './general-attempt.ts';
import { Agent, request } from './node-http.ts';

/**
 * Asks the main thread, over its socket, for what it serves: the reserved paths. With Node's own HTTP client, whose
 * parser is native: undici's is WebAssembly, and an open panel's event stream alone would have V8 optimize it, for which
 * it takes 22 MB for a moment and keeps 7. There are no timeouts: event streams are open for hours, and their silence is
 * no failure.
 */
export class ControlClient {
  readonly #socketPath: string;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(socketPath: string) {
    this.#socketPath = socketPath;
  }

  /** `handler` hears of the answer as it would from undici. */
  ask({ method, target, body }: GeneralExchange, fields: string[], handler: GeneralAttempt): void {
    const options = { socketPath: this.#socketPath, agent: this.#agent, method, path: target, headers: fields };
    try {
      const asked = request(options);
      const question = new Question(asked, handler);
      handler.onRequestStart(question);
      if (body === null) asked.end();
      else send(body.read(), asked);
    } catch (error) {
      handler.onResponseError(null, asError(error));
    }
  }
}

function send(pieces: AsyncIterable<Buffer>, asked: ClientRequest): void {
  // Also for methods that usually have no body: without a length it is chunked.
  asked.useChunkedEncodingByDefault = true;
  pipeline(pieces, asked, () => undefined);
}

/** Carries the answer to the handler, and what that wants back. */
class Question implements AttemptController {
  readonly #asked: ClientRequest;
  readonly #handler: GeneralAttempt;
  #answer: IncomingMessage | null = null;

  constructor(asked: ClientRequest, handler: GeneralAttempt) {
    this.#asked = asked;
    this.#handler = handler;
    asked.on('error', (error) => handler.onResponseError(null, error));
    asked.on('response', (answer) => this.#carry(answer));
  }

  get rawHeaders(): string[] {
    return this.#answer?.rawHeaders ?? [];
  }

  #carry(answer: IncomingMessage): void {
    const handler = this.#handler;
    this.#answer = answer;
    answer.on('error', (error) => handler.onResponseError(null, error));
    answer.on('end', () => handler.onResponseEnd(null, answer.trailers));
    handler.onResponseStart(this, answer.statusCode ?? 0, null, answer.statusMessage);
    answer.on('data', (piece: Buffer) => handler.onResponseData(this, piece));
  }

  abort(reason: Error): void {
    this.#asked.destroy(reason);
  }

  pause(): void {
    this.#answer?.pause();
  }

  resume(): void {
    this.#answer?.resume();
  }
}
