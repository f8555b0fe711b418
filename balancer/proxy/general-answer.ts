import type { ServerResponse } from 'node:http';
import type { ClientAnswer, Trailers } from './client-answer.ts';
import { errorAnswer, type ProxyErrorCode } from './errors.ts';
import type { FlatFields } from './general-fields.ts';
import { awaitsBody } from './request-body.ts';

/** HTTP/1.1 keeps connections open by default, so only the end of one is worth a field. */
function settleConnection(response: ServerResponse, fields: string[], mustClose: boolean): void {
  const isOld = response.req.httpVersionMinor === 0;
  if (mustClose || !response.shouldKeepAlive) fields.push('Connection', 'close');
  else if (!isOld) response.removeHeader('connection');
}

/** Answers with an error of our own, if the client has not been answered yet. */
export function answerError(response: ServerResponse, code: ProxyErrorCode, mustClose: boolean): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const { status, reason, body, fields } = errorAnswer(code);
  const flat = fields.flat();
  // What is left of a body nobody wants is not waited for.
  settleConnection(response, flat, mustClose || awaitsBody(response.req));
  response.writeHead(status, reason, flat);
  response.end(body);
}

function asOutgoing(trailers: Trailers): [string, string][] {
  return Object.entries(trailers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
}

/** The answer to a client of HTTP/1, through Node's server. */
export class GeneralAnswer implements ClientAnswer {
  readonly #response: ServerResponse;
  readonly #isStopping: () => boolean;

  constructor(response: ServerResponse, isStopping: () => boolean) {
    this.#response = response;
    this.#isStopping = isStopping;
  }

  get hasBegun(): boolean {
    return this.#response.headersSent;
  }

  inform(status: number, reason: string, fields: FlatFields): void {
    const { req, socket } = this.#response;
    if (req.httpVersionMinor === 0) return;
    let head = `HTTP/1.1 ${status} ${reason}\r\n`;
    for (let i = 0; i + 1 < fields.length; i += 2) head += `${fields[i]}: ${fields[i + 1]}\r\n`;
    socket?.write(`${head}\r\n`, 'latin1');
  }

  begin(status: number, reason: string, fields: readonly string[]): void {
    const flat = [...fields];
    settleConnection(this.#response, flat, this.#isStopping() || awaitsBody(this.#response.req));
    this.#response.writeHead(status, reason, flat);
  }

  write(chunk: Buffer): boolean {
    return this.#response.write(chunk);
  }

  onceDrained(resume: () => void): void {
    this.#response.once('drain', resume);
  }

  end(trailers: Trailers): void {
    const hasTrailers = this.#response.hasHeader('trailer') || Object.keys(trailers).length > 0;
    if (hasTrailers) this.#response.addTrailers(asOutgoing(trailers));
    this.#response.end();
  }

  refuse(code: ProxyErrorCode): void {
    answerError(this.#response, code, this.#isStopping());
  }

  cut(): void {
    this.#response.destroy();
  }

  onGone(listener: () => void): () => void {
    this.#response.once('close', listener);
    return () => this.#response.off('close', listener);
  }
}
