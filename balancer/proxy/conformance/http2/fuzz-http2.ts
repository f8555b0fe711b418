import { setTimeout as pause } from 'node:timers/promises';
import { lookUntil, type RawClient, SETTLE_MS, startClient } from '../client.ts';
import { cut, PATIENCE_MS } from '../fuzz-requests.ts';
import type { Attempt } from '../fuzz-run.ts';
import type { Random } from '../random.ts';
import { serveNext, untilStill } from '../run-case.ts';
import { bytesOf, END, RESET, type Step, wait } from '../steps.ts';
import type { Target } from '../target.ts';
import { codeOf, PREFACE, readFrames, TYPE } from './frames.ts';
import { anyConversation, wildConversation } from './http2-grammar.ts';
import { http2Problem, isServedWhole, isSettled, readHttp2Answers } from './http2-oracle.ts';
import { type Http2Conversation, readConversation } from './strict-http2.ts';

/** By then what a client said has reached the replica, or never will: of one that left, or keeps its windows closed. */
const UNDER_WAY_MS = 30;
/** Of all conversations, these many are valid and have to be served. */
const VALID_RATIO = 0.3;
/** Of the others, these many end with the client going away. */
const GONE_RATIO = 0.15;

/** One random conversation in HTTP/2 with the target: what is wrong with it, or undefined. May be had again. */
export function http2Attempt(random: Random): Attempt {
  const isValid = random.chance(VALID_RATIO);
  const said = paused(random, cut(random, isValid ? anyConversation(random) : wildConversation(random)));
  // Who says something else than HTTP/2 has to end it, too.
  const isGone = !isValid && (random.chance(GONE_RATIO) || !bytesOf(said).startsWith(PREFACE));
  const steps = isGone ? [...said, wait(random.below(3)), random.pick([END, RESET])] : said;
  return { steps, run: async (target) => (await converse(target, steps, isValid)) ?? (await afterwards(target)) };
}

/** Now and then with a pause that is long enough for the proxy to have begun a request at the replica. */
function paused(random: Random, steps: readonly Step[]): readonly Step[] {
  const at = 1 + random.below(steps.length);
  return at < steps.length && random.chance(0.3) ? steps.toSpliced(at, 0, wait(UNDER_WAY_MS / 3)) : steps;
}

/** What the next client has to complain of. What was under way for the last one may still have come in between. */
async function afterwards(target: Target): Promise<string | undefined> {
  const problem = (await serveNext(target)) === undefined ? undefined : await serveNext(target);
  return problem === undefined ? undefined : `the next client: ${problem}`;
}

async function converse(target: Target, steps: readonly Step[], isValid: boolean): Promise<string | undefined> {
  const meant = readConversation(bytesOf(steps));
  if (isValid && meant.end !== 'clean') return `the grammar made something ${meant.end}: ${meant.reason}`;
  target.replica.begin();
  const client = await startClient(target.port, steps);
  const isOver = await untilOver(client, meant);
  client.destroy();
  await untilArrived(target, meant);
  const seen = { client: client.sighting(), journal: target.replica.journal() };
  const problem = http2Problem(meant, seen) ?? (isOver ? undefined : 'neither served nor refused');
  return problem ?? (isValid && !isServedWhole(meant, seen) ? `not served: ${inWords(seen.client.bytes)}` : undefined);
}

/** False: it hangs. */
async function untilOver(client: RawClient, meant: Http2Conversation): Promise<boolean> {
  let isPlayed = false;
  const played = client.played.then(() => {
    isPlayed = true;
  });
  const isOver = () => {
    const { bytes, closed } = client.sighting();
    return closed || isRefused(bytes) || (isPlayed && isSettled(meant, readHttp2Answers(bytes)));
  };
  await Promise.race([played, client.change(PATIENCE_MS)]);
  const until = performance.now() + (meant.isWithholding ? UNDER_WAY_MS : PATIENCE_MS);
  await lookUntil(client, isOver, until);
  return isOver() || meant.isWithholding;
}

/** The proxy has said that the connection is over, and whose fault it is. */
function isRefused(bytes: string): boolean {
  return readFrames(bytes).some((frame) => frame.type === TYPE.goaway && codeOf(frame) !== 0);
}

/** What was under way when the client left arrives, or is cut. */
async function untilArrived(target: Target, { streams }: Http2Conversation): Promise<void> {
  const count = streams.filter(({ verdict }) => verdict === 'whole').length;
  const until = performance.now() + UNDER_WAY_MS;
  while (target.replica.journal().arrivals.length < count && performance.now() < until) await pause(SETTLE_MS);
  // Behind a GOAWAY and an error Node may not see the client go; what it began is then cut for being idle.
  await untilStill(() => target.replica.journal().unfinishedOpen === 0, PATIENCE_MS);
}

function inWords(bytes: string): string {
  const answers = readHttp2Answers(bytes);
  return typeof answers === 'string' ? answers : JSON.stringify([...answers]);
}
