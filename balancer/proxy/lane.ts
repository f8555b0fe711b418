import type { ProxyErrorCode } from './errors.ts';
import { isForUs } from './hop-limit.ts';
import type { RequestHead } from './request-head.ts';
import { isReserved } from './reserved-path.ts';

/** Who serves a request; `own`: we answer it ourselves. */
export type Lane = 'fast' | 'general' | 'own';

/** The lane a request takes, or why it takes none. `maxBodyBytes` 0: any length. */
export function laneFor(head: RequestHead, maxBodyBytes: number): Lane | ProxyErrorCode {
  if (maxBodyBytes > 0 && head.contentLength > maxBodyBytes) return 'body-too-large';
  if (isForUs(head)) return head.method === 'TRACE' || head.framing !== 'none' ? 'not-implemented' : 'own';
  return head.isFast && !isReserved(head.target) ? 'fast' : 'general';
}
