import type { Dispatcher } from 'undici';
import type { UpstreamReport } from '../core/snapshot.ts';
import type { ClientAnswer, Trailers } from './client-answer.ts';
import { type ProxyErrorCode, unknownEndpointBody } from './errors.ts';
import { type FlatFields, fieldsForClient, isSoundAnswer, type Peer } from './general-fields.ts';
import type { RequestBody } from './request-body.ts';
import { pathOf } from './routing-key.ts';
import type { AttemptFailure } from './trip.ts';

/** One request and where its answer goes, whatever the client speaks. */
export interface GeneralExchange {
  readonly method: string;
  /** Of HTTP, as the client speaks it: 1.0, 1.1 or 2. */
  readonly version: string;
  /** In origin-form. */
  readonly target: string;
  /** As the client sent them, with exactly one Host where it is HTTP/1.1 or later. */
  readonly fields: FlatFields;
  readonly peer: Peer;
  readonly body: RequestBody | null;
  readonly answer: ClientAnswer;
}

export interface GeneralAttemptPlan {
  /** What is added to the answer's fields. */
  readonly added: FlatFields;
  readonly contractErrors: boolean;
  /** It has got a connection, or needs none any more. */
  readonly onTurn: () => void;
  /** It got no connection in time. */
  readonly onOverdue: () => void;
  readonly onAnswered: (status: number, bytesOut: number) => void;
  /** The client went away first. */
  readonly onAbandoned: () => void;
  readonly onFailed: (failure: AttemptFailure, error: ProxyErrorCode) => void;
}

const TIMEOUT_CODES = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

function kindOf(code: string, unsent: boolean): UpstreamReport['kind'] {
  if (TIMEOUT_CODES.has(code)) return 'timeout';
  return unsent ? 'refused' : 'reset';
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** How an attempt steers what brings its answer. */
export type AttemptController = Pick<Dispatcher.DispatchController, 'abort' | 'pause' | 'resume' | 'rawHeaders'>;

/** One try of one request on one upstream: carries undici's events to the client's answer. */
export class GeneralAttempt implements Dispatcher.DispatchHandler {
  readonly #exchange: GeneralExchange;
  readonly #plan: GeneralAttemptPlan;
  #controller: AttemptController | null = null;
  #status = 0;
  #bytesOut = 0;
  #isOver = false;
  /** The answer's body is ours, the replica's is thrown away. */
  #isReplaced = false;
  readonly #stopWatching: () => void;

  constructor(exchange: GeneralExchange, plan: GeneralAttemptPlan) {
    this.#exchange = exchange;
    this.#plan = plan;
    this.#stopWatching = exchange.answer.onGone(() => this.#abandon());
  }

  #end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#plan.onTurn();
    this.#stopWatching();
    return true;
  }

  /** Gives up waiting for a connection. */
  overdue(): void {
    if (this.#end()) this.#plan.onOverdue();
  }

  #abandon(): void {
    if (!this.#end()) return;
    this.#plan.onAbandoned();
    this.#controller?.abort(new Error('the client went away'));
  }

  onRequestStart(controller: AttemptController): void {
    this.#controller = controller;
    if (this.#isOver) controller.abort(new Error('nobody waits for it any more'));
    else this.#plan.onTurn();
  }

  onResponseStart(controller: AttemptController, status: number, _fields: unknown, reason?: string): void {
    const { method, answer } = this.#exchange;
    const { added } = this.#plan;
    const raw = (controller.rawHeaders ?? []) as readonly (Buffer | string)[];
    const fields = raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')));
    if (!isSoundAnswer(reason ?? '', fields)) {
      controller.abort(new Error('no valid answer'));
      return;
    }
    if (status < 200) {
      if (status > 101) answer.inform(status, reason ?? '', fieldsForClient(fields, added));
      return;
    }
    this.#status = status;
    if (this.#plan.contractErrors && status === 404 && method === 'GET') this.#replaceAnswer();
    else answer.begin(status, reason ?? '', fieldsForClient(fields, added));
  }

  #replaceAnswer(): void {
    const { target, answer } = this.#exchange;
    const body = Buffer.from(unknownEndpointBody(pathOf(target)));
    const flat = ['Content-Type', 'application/json', 'Content-Length', String(body.length)];
    this.#isReplaced = true;
    this.#status = 400;
    answer.begin(400, 'Bad Request', fieldsForClient(flat, this.#plan.added));
    answer.write(body);
  }

  onResponseData(controller: AttemptController, chunk: Buffer): void {
    const { answer } = this.#exchange;
    this.#bytesOut += chunk.length;
    if (this.#isReplaced || answer.write(chunk)) return;
    controller.pause();
    answer.onceDrained(() => controller.resume());
  }

  onResponseEnd(_controller: unknown, trailers: Trailers): void {
    if (!this.#end()) return;
    this.#exchange.answer.end(trailers);
    this.#plan.onAnswered(this.#status, this.#bytesOut);
  }

  onResponseError(_controller: unknown, error: Error): void {
    if (!this.#end()) return;
    if (this.#exchange.body?.isCut === true) {
      this.#plan.onAbandoned();
      return;
    }
    const unsent = this.#controller === null;
    const code = codeOf(error);
    const kind = kindOf(code, unsent);
    this.#plan.onFailed(
      {
        kind,
        detail: code,
        unsent,
        bodyIntact: this.#exchange.body?.intact ?? true,
        answerBegun: this.#exchange.answer.hasBegun,
      },
      kind === 'timeout' ? 'replica-timeout' : 'replica-failed',
    );
  }
}
