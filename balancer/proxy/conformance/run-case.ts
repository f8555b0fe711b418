import { setTimeout as pause } from 'node:timers/promises';
import { HOST, message, type RequestCase } from './case.ts';
import { type RawClient, startClient } from './client.ts';
import { type Entry, enter } from './entry.ts';
import { judge, mismatch, type Observation, type Verdict } from './judge.ts';
import { readAnswers } from './strict-answer.ts';
import { valuesOf } from './strict-bytes.ts';
import type { Target } from './target.ts';

/** Whatever has not happened by then is not going to happen; longer than every timeout of a target. */
const PATIENCE_MS = 8_000;
/** Nothing stirs any more: not what was promised, but that is how it ended. */
const STILL_MS = 1_000;
/** After the last expected thing happened, something unexpected gets this long to show up. */
const SETTLE_MS = 12;
const LOOK_EVERY_MS = 50;

/** Plays the case against the target, waits for how it ends, and looks whether the next client is served as before. */
export async function runCase(target: Target, row: RequestCase, entry: Entry): Promise<Verdict> {
  target.replica.begin();
  const client = await startClient(target.port, enter(row.steps, entry));
  try {
    const verdict = judge(row, await observe(target, client, row));
    const next = await serveNext(target);
    return next === undefined ? verdict : { kind: 'failed', reasons: [`the next client: ${next}`] };
  } finally {
    client.destroy();
  }
}

async function observe(target: Target, client: RawClient, row: RequestCase): Promise<Observation> {
  const look = (): Observation => ({ client: client.sighting(), journal: target.replica.journal() });
  const outcomes = [...row.promised, ...row.alsoSafe];
  await untilEnded(client, () => outcomes.some((outcome) => mismatch(outcome, look()) === undefined));
  return look();
}

/** Resolves when it is done and stays so, when the connection is over and nothing stirs, or when patience is. */
async function untilEnded(client: RawClient, isDone: () => boolean): Promise<void> {
  await Promise.race([client.played, client.change(PATIENCE_MS)]);
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    if (client.sighting().closed && !isDone()) return untilStill(isDone);
    if (!isDone()) await client.change(LOOK_EVERY_MS);
    else if (await isSettled(client, isDone)) return;
  }
}

/** Waits a moment for what has to follow: the client sees its end before the replica does. */
export async function untilStill(isDone: () => boolean, patienceMs = STILL_MS): Promise<void> {
  const until = performance.now() + patienceMs;
  while (!isDone() && performance.now() < until) await pause(SETTLE_MS);
}

/** Gives whatever nobody expects the time to happen. */
async function isSettled(client: RawClient, isDone: () => boolean): Promise<boolean> {
  await Promise.race([client.played, untilClosed(client)]);
  await pause(SETTLE_MS);
  return isDone();
}

async function untilClosed(client: RawClient): Promise<void> {
  while (!client.sighting().closed) await client.change(LOOK_EVERY_MS);
}

const NEXT = message('GET /next-client HTTP/1.1', HOST);

/**
 * Undefined when a client that comes now gets the answer to its own request, over a connection to the replica that is
 * none of `retired`.
 */
export async function serveNext(target: Target, retired: readonly number[] = []): Promise<string | undefined> {
  target.replica.begin();
  const client = await startClient(target.port, [NEXT]);
  const until = performance.now() + PATIENCE_MS;
  let reason: string | undefined = 'no answer';
  while (reason !== undefined && performance.now() < until) {
    await client.change(LOOK_EVERY_MS);
    reason = nextProblem(target, client, retired);
    if (client.sighting().closed) break;
  }
  client.destroy();
  return reason;
}

function nextProblem(target: Target, client: RawClient, retired: readonly number[]): string | undefined {
  const { bytes, closed } = client.sighting();
  const [answer] = readAnswers(bytes, ['GET'], closed).answers;
  if (answer === undefined) return 'no answer';
  const { arrivals } = target.replica.journal();
  const own = arrivals.find(({ request }) => request.target === '/next-client');
  if (arrivals.length !== 1 || own === undefined) return `status ${answer.status}, ${arrivals.length} requests arrived`;
  if (valuesOf(answer.fields, 'x-seq').join() !== String(own.seq)) return `status ${answer.status}, not its own answer`;
  return retired.includes(own.connection) ? 'served over a connection that had to go' : undefined;
}
