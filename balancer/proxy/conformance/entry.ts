import { type Step, wait } from './steps.ts';

/**
 * How the bytes of a case reach the proxy. `as-written`: as the case has them. `split`: the first write in two, so that
 * no request arrives in one read. `general`: with a connection option in the first request that keeps it out of the fast
 * lane and means nothing else; what the replica gets stays the same, for Connection goes no further.
 */
export type Entry = 'as-written' | 'split' | 'general';

export const ENTRIES: readonly Entry[] = ['as-written', 'split', 'general'];

const FIRST_LINE = /^([^\r\n]* HTTP\/1\.[01]\r\n)/;
/** Long enough for the first piece to be read on its own. */
const BETWEEN_PIECES_MS = 4;

export function enter(steps: readonly Step[], entry: Entry): readonly Step[] {
  const [first, ...others] = steps;
  if (entry === 'as-written' || typeof first !== 'string' || first.length < 4) return steps;
  if (entry === 'split') return [first.slice(0, 3), wait(BETWEEN_PIECES_MS), first.slice(3), ...others];
  return [first.replace(FIRST_LINE, '$1Connection: x-general\r\n'), ...others];
}
