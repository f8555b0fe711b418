import { pathOf } from './routing-key.ts';

const EXACT = new Set(['/rep', '/add', '/rm']);
const PREFIX = '/_ring/';

/** Is this answered by the control plane instead of a replica? Paths are compared as sent: `/%72ep` is a replica's. */
export function isReserved(target: string): boolean {
  const path = pathOf(target);
  return EXACT.has(path) || path.startsWith(PREFIX);
}
