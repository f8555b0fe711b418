import type { ServerResponse } from 'node:http';
import type { Failure } from '../../lib/api/contract.ts';
import { ERROR_STATUS, type Refusal } from '../../lib/api/errors.ts';
import { failureOf } from '../../lib/api/failure-of.ts';

/** The contract's own paths carry no code. */
export function failureBody(refusal: Refusal, path: string): Failure {
  const failure = failureOf(refusal.message);
  return path.startsWith('/_ring/') ? { ...failure, code: refusal.code } : failure;
}

function extraHeaders(refusal: Refusal): Record<string, string> {
  if (refusal.code === 'unauthorized') return { 'www-authenticate': 'Bearer realm="ringmaster"' };
  if (ERROR_STATUS[refusal.code] === 503) return { 'retry-after': '1' };
  return {};
}

export function failureResponse(refusal: Refusal, path: string, headers: Record<string, string> = {}): Response {
  return Response.json(failureBody(refusal, path), {
    status: ERROR_STATUS[refusal.code],
    headers: { 'cache-control': 'no-store', ...extraHeaders(refusal), ...headers },
  });
}

/** The same, straight to Node's response: before a call gets as far as the router. */
export function writeFailure(response: ServerResponse, refusal: Refusal, path: string): void {
  const body = JSON.stringify(failureBody(refusal, path));
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...extraHeaders(refusal),
  };
  response.writeHead(ERROR_STATUS[refusal.code], headers).end(body);
}
