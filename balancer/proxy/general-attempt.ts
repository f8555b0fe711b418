import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import type { UpstreamReport } from '../core/snapshot.ts';
import { type ProxyErrorCode, unknownEndpointBody } from './errors.ts';
import { settleConnection } from './general-answer.ts';
import { fieldsForClient, isSoundAnswer } from './general-fields.ts';
import { awaitsBody, type RequestBody } from './request-body.ts';
import { pathOf } from './routing-key.ts';
import type { AttemptFailure } from './trip.ts';

export interface GeneralExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: RequestBody | null;
}

export interface GeneralAttemptPlan {
  /** Name of the replica asked; null for the control plane. */
  readonly replica: string | null;
  readonly contractErrors: boolean;
  readonly isStopping: () => boolean;
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

/** One try of one request on one upstream: carries undici's events to the client's response. */
export class GeneralAttempt implements Dispatcher.DispatchHandler {
  readonly #exchange: GeneralExchange;
  readonly #plan: GeneralAttemptPlan;
  #controller: Dispatcher.DispatchController | null = null;
  #status = 0;
  #bytesOut = 0;
  #isOver = false;
  /** The answer's body is ours, the replica's is thrown away. */
  #isReplaced = false;
  readonly #onClientGone = () => this.#abandon();

  constructor(exchange: GeneralExchange, plan: GeneralAttemptPlan) {
    this.#exchange = exchange;
    this.#plan = plan;
    exchange.response.once('close', this.#onClientGone);
  }

  #end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#plan.onTurn();
    this.#exchange.response.off('close', this.#onClientGone);
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

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isOver) controller.abort(new Error('nobody waits for it any more'));
    else this.#plan.onTurn();
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, _fields: unknown, reason?: string): void {
    const raw = (controller.rawHeaders ?? []) as readonly (Buffer | string)[];
    const fields = raw.map((part) => (typeof part === 'string' ? part : part.toString('latin1')));
    if (status < 200) {
      this.#informational(status, reason ?? '', fields);
      return;
    }
    if (!isSoundAnswer(fields)) {
      controller.abort(new Error('the answer has no clear end'));
      return;
    }
    this.#status = status;
    const isUnknownEndpoint = this.#plan.contractErrors && status === 404 && this.#exchange.request.method === 'GET';
    if (isUnknownEndpoint) this.#replaceAnswer();
    else this.#passHead(status, reason ?? '', fields);
  }

  #informational(status: number, reason: string, flat: readonly string[]): void {
    const { request, response } = this.#exchange;
    if (status <= 101 || request.httpVersionMinor === 0) return;
    const fields = fieldsForClient(flat, this.#plan.replica);
    let head = `HTTP/1.1 ${status} ${reason}\r\n`;
    for (let i = 0; i + 1 < fields.length; i += 2) head += `${fields[i]}: ${fields[i + 1]}\r\n`;
    response.socket?.write(`${head}\r\n`, 'latin1');
  }

  #passHead(status: number, reason: string, flat: readonly string[]): void {
    const { response } = this.#exchange;
    const fields = fieldsForClient(flat, this.#plan.replica);
    settleConnection(response, fields, this.#mustClose());
    response.writeHead(status, reason, fields);
  }

  #replaceAnswer(): void {
    const { request, response } = this.#exchange;
    const body = Buffer.from(unknownEndpointBody(pathOf(request.url ?? '/')));
    const flat = ['Content-Type', 'application/json', 'Content-Length', String(body.length)];
    const fields = fieldsForClient(flat, this.#plan.replica);
    this.#isReplaced = true;
    this.#status = 400;
    settleConnection(response, fields, this.#mustClose());
    response.writeHead(400, 'Bad Request', fields);
    response.write(body);
  }

  #mustClose(): boolean {
    return this.#plan.isStopping() || awaitsBody(this.#exchange.request);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const { response } = this.#exchange;
    this.#bytesOut += chunk.length;
    if (this.#isReplaced || response.write(chunk)) return;
    controller.pause();
    response.once('drain', () => controller.resume());
  }

  onResponseEnd(_controller: unknown, trailers: Record<string, string | string[] | undefined>): void {
    if (!this.#end()) return;
    const { response } = this.#exchange;
    if (response.hasHeader('trailer') || Object.keys(trailers).length > 0) response.addTrailers(asOutgoing(trailers));
    response.end();
    this.#plan.onAnswered(this.#status, this.#bytesOut);
  }

  onResponseError(_controller: unknown, error: Error): void {
    if (!this.#end()) return;
    const unsent = this.#controller === null;
    const code = codeOf(error);
    const kind = kindOf(code, unsent);
    this.#plan.onFailed(
      {
        kind,
        detail: code,
        unsent,
        bodyIntact: this.#exchange.body?.intact ?? true,
        answerBegun: this.#exchange.response.headersSent,
      },
      kind === 'timeout' ? 'replica-timeout' : 'replica-failed',
    );
  }
}

function asOutgoing(trailers: Record<string, string | string[] | undefined>): [string, string][] {
  return Object.entries(trailers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
}
