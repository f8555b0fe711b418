import 'server-only';
import type { Answer } from './balancer.ts';

/** The panel's refusals and the balancer's, in the one shape the browser knows. */
export function refuse(status: number, code: string, message: string): Response {
  return Response.json({ status: 'failure', code, message }, { status, headers: { 'cache-control': 'no-store' } });
}

export function answer<T>(result: Answer<T>): Response {
  if (!result.ok) return refuse(result.status, result.code, result.message);
  return Response.json(result.value, { headers: { 'cache-control': 'no-store' } });
}

/**
 * Changes come from our own pages only. Every current browser sends Sec-Fetch-Site; Origin is compared with the Host
 * the browser used, so that another site's form or script is refused even where the first is missing.
 */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  const origin = request.headers.get('origin');
  if (origin === null) return site === 'same-origin';
  try {
    return new URL(origin).host === request.headers.get('host');
  } catch {
    return false;
  }
}
