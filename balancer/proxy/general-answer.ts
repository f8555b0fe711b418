import type { ServerResponse } from 'node:http';
import { errorAnswer, type ProxyErrorCode } from './errors.ts';
import { awaitsBody } from './request-body.ts';

/** HTTP/1.1 keeps connections open by default, so only the end of one is worth a field. */
export function settleConnection(response: ServerResponse, fields: string[], mustClose: boolean): void {
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
