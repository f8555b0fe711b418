import { failureOf } from '#lib/api/failure-of.ts';
import { STATUS_CODES } from './node-http.ts';

/** Everything the data path itself refuses or fails with. Clients see status and message, never an address or a stack. */
export const PROXY_ERRORS = {
  malformed: { status: 400, message: 'Malformed request' },
  'request-timeout': { status: 408, message: 'Request timed out' },
  'body-too-large': { status: 413, message: 'Request body is too large' },
  'target-too-long': { status: 414, message: 'Request target is too long' },
  'expectation-failed': { status: 417, message: 'Expectation cannot be met' },
  'header-too-large': { status: 431, message: 'Request header section is too large' },
  'not-implemented': { status: 501, message: 'Method or transfer coding is not implemented' },
  'replica-failed': { status: 502, message: 'Replica failed to answer' },
  'no-replica': { status: 503, message: 'No replica is available' },
  'control-unavailable': { status: 503, message: 'Control plane does not answer' },
  overloaded: { status: 503, message: 'Replicas have too much to do' },
  'too-many-connections': { status: 503, message: 'Too many connections' },
  'replica-timeout': { status: 504, message: 'Replica did not answer in time' },
  'version-not-supported': { status: 505, message: 'HTTP version is not supported' },
} as const;
export type ProxyErrorCode = keyof typeof PROXY_ERRORS;

/** Seconds a client should wait before it asks again when nobody could answer. */
const RETRY_AFTER_SECONDS = 1;

/** The contract's answer to a GET of what no replica has. `path` is the request's, without its query. */
export function unknownEndpointBody(path: string): string {
  return JSON.stringify(failureOf(`'${path}' endpoint does not exist in server replicas`));
}

export interface ProxyErrorAnswer {
  readonly status: number;
  readonly reason: string;
  readonly body: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

export function errorAnswer(code: ProxyErrorCode): ProxyErrorAnswer {
  const { status, message } = PROXY_ERRORS[code];
  const body = JSON.stringify(failureOf(message));
  const fields: [string, string][] = [
    ['Content-Type', 'application/json'],
    ['Content-Length', String(body.length)],
  ];
  if (status === 503) fields.push(['Retry-After', String(RETRY_AFTER_SECONDS)]);
  return { status, reason: STATUS_CODES[status] ?? 'Error', body, fields };
}

/** The whole answer as text, after which the connection closes unless `keepOpen`. */
export function errorText(code: ProxyErrorCode, keepOpen: boolean): string {
  const { status, reason, body, fields } = errorAnswer(code);
  const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const connection = keepOpen ? '' : 'Connection: close\r\n';
  return `HTTP/1.1 ${status} ${reason}\r\n${lines}${connection}\r\n${body}`;
}
