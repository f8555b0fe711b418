import type { RequestHead } from './request-head.ts';

/** RFC 9110, 7.6.2: methods whose way Max-Forwards limits. */
const HOP_LIMITED: ReadonlySet<string> = new Set(['OPTIONS', 'TRACE']);
/** What we can ourselves: pass these on. */
export const OWN_METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';

/** The answer to those who ask us. `isLast`: the connection ends behind it (RFC 9112, 9.6). */
export function ownOptions(isLast: boolean): string {
  return `HTTP/1.1 204 No Content\r\nAllow: ${OWN_METHODS}\r\n${isLast ? 'Connection: close\r\n' : ''}\r\n`;
}

/** May the request go no further, so that we are the ones who are asked? */
export function isForUs(head: RequestHead): boolean {
  return head.hopsLeft === 0 && HOP_LIMITED.has(head.method);
}
