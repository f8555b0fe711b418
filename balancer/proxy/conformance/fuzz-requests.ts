import { lookUntil, SETTLE_MS, startClient } from './client.ts';
import { REQUEST_CASES } from './corpus/requests.ts';
import { anyRequest, mutate } from './fuzz-grammar.ts';
import { isServed, problemOf } from './fuzz-oracle.ts';
import type { Attempt } from './fuzz-run.ts';
import type { Random } from './random.ts';
import { serveNext, untilStill } from './run-case.ts';
import { bytesOf, END, type Step, wait } from './steps.ts';
import { readRequests } from './strict-request.ts';
import type { Target } from './target.ts';

/** A conversation ends by then, or it hangs. */
export const PATIENCE_MS = 9_000;
/** Of all conversations, these many are valid and have to be served. */
const VALID_RATIO = 0.25;
const FROM_CORPUS_RATIO = 0.3;
/** Longer ones take more time than they find. */
const MAX_CORPUS_BYTES = 5_000;

const CORPUS = REQUEST_CASES.map(({ steps }) => bytesOf(steps)).filter(
  (bytes) => bytes !== '' && bytes.length < MAX_CORPUS_BYTES,
);

/** One random conversation with the target: what is wrong with it, or undefined. May be had again. */
export function requestAttempt(random: Random): Attempt {
  const isValid = random.chance(VALID_RATIO);
  const steps = cut(random, isValid ? validBytes(random) : wildBytes(random));
  return { steps, run: async (target) => (await converse(target, steps, isValid)) ?? (await afterwards(target)) };
}

async function afterwards(target: Target): Promise<string | undefined> {
  const problem = await serveNext(target);
  return problem === undefined ? undefined : `the next client: ${problem}`;
}

/** A few requests in a row, now and then the same one again: whoever keeps what it read of the last one has to notice. */
function validBytes(random: Random): string {
  let last = anyRequest(random);
  let bytes = last;
  for (let more = random.below(4); more > 0; more -= 1) {
    if (!random.chance(0.3)) last = anyRequest(random);
    bytes += last;
  }
  return bytes;
}

function wildBytes(random: Random): string {
  let bytes = random.chance(FROM_CORPUS_RATIO) ? random.pick(CORPUS) : validBytes(random);
  for (let count = 1 + random.below(3); count > 0; count -= 1) bytes = mutate(random, bytes);
  return bytes;
}

/** In one write, in a few, or one byte at a time. */
export function cut(random: Random, bytes: string): Step[] {
  if (random.chance(0.5)) return [bytes];
  const steps: Step[] = [];
  const longest = random.chance(0.1) && bytes.length < 300 ? 1 : 1 + random.below(bytes.length + 1);
  for (let at = 0; at < bytes.length; ) {
    const next = at + 1 + random.below(longest);
    steps.push(bytes.slice(at, next));
    if (random.chance(0.3)) steps.push(wait(1));
    at = next;
  }
  return steps;
}

/** Plays the steps, and says what is wrong with what came of them. */
export async function converse(target: Target, steps: readonly Step[], isValid: boolean): Promise<string | undefined> {
  const meant = readRequests(bytesOf(steps), 'client');
  target.replica.begin();
  const isWhole = meant.end === 'clean' || meant.end === 'closed';
  // Where the proxy may wait for more, the end tells it that nothing comes.
  const client = await startClient(target.port, isWhole ? steps : [...steps, wait(SETTLE_MS), END]);
  const look = () => ({ client: client.sighting(), journal: target.replica.journal() });
  const isOver = () => client.sighting().closed || (meant.end === 'clean' && isServed(meant, look()));
  const until = performance.now() + PATIENCE_MS;
  await Promise.race([client.played, client.change(PATIENCE_MS)]);
  await lookUntil(client, isOver, until);
  await untilStill(() => target.replica.journal().unfinishedOpen === 0);
  const seen = look();
  const problem = problemOf(meant, seen) ?? (isOver() ? undefined : 'neither served nor closed');
  client.destroy();
  // A loaded machine may type too slowly for the proxy's patience.
  const isLate = seen.client.bytes.includes('HTTP/1.1 408 ');
  const isLost = isValid && !isLate && !isServed(meant, seen);
  return problem ?? (isLost ? `not served: ${JSON.stringify(seen.client.bytes)}` : undefined);
}
