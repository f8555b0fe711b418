import type { AnswerCase, Delivery } from './answer-case.ts';
import { type RawClient, type Sighting, startClient } from './client.ts';
import { type Entry, enter } from './entry.ts';
import { fits, type Verdict } from './judge.ts';
import type { Arrival } from './recording-replica.ts';
import { serveNext } from './run-case.ts';
import { readAnswers, type StrictAnswer } from './strict-answer.ts';
import { valuesOf } from './strict-bytes.ts';
import type { Target } from './target.ts';

const PATIENCE_MS = 9_000;
const LOOK_EVERY_MS = 50;
/** What the replica sends too much gets this long to arrive where it should not. */
const SETTLE_MS = 20;
/** A proxy may try a repeatable request this often, where nothing of an answer came. */
const MAX_ATTEMPTS = 3;
const OWN_FAILURES = [500, 502, 503, 504];

/** Lets the replica answer as the case says, and looks what the client and the next client get. */
export async function runAnswer(target: Target, row: AnswerCase, entry: Entry): Promise<Verdict> {
  target.replica.begin({ steps: row.answer, early: row.early });
  const client = await startClient(target.port, enter(row.request, entry));
  await untilSeen(client, row);
  const seen = client.sighting();
  const { arrivals, malformed } = target.replica.journal();
  const verdict: Verdict = malformed.length > 0 ? { kind: 'failed', reasons: malformed } : weigh(row, seen, arrivals);
  client.destroy();
  const used = row.mayReuse || verdict.kind === 'safe' ? [] : arrivals.map(({ connection }) => connection);
  const next = await serveNext(target, used);
  return next === undefined ? verdict : { kind: 'failed', reasons: [`the next client: ${next}`] };
}

async function untilSeen(client: RawClient, row: AnswerCase): Promise<void> {
  const isDone = () => row.promised.some((delivery) => problem(delivery, row, client.sighting()) === undefined);
  const until = performance.now() + PATIENCE_MS;
  while (!isDone() && !client.sighting().closed && performance.now() < until) await client.change(LOOK_EVERY_MS);
  await client.change(SETTLE_MS);
}

function weigh(row: AnswerCase, seen: Sighting, arrivals: readonly Arrival[]): Verdict {
  if (arrivals.length > MAX_ATTEMPTS) return { kind: 'failed', reasons: [`${arrivals.length} attempts`] };
  const reasons: string[] = [];
  for (const delivery of row.promised) {
    const reason = problem(delivery, row, seen);
    if (reason === undefined) return { kind: 'promised' };
    reasons.push(`${delivery.kind}: ${reason}`);
  }
  const safe: readonly Delivery[] = [...row.alsoSafe, { kind: 'failed', status: OWN_FAILURES }, { kind: 'cut' }];
  const isSafe = safe.some((delivery) => problem(delivery, row, seen) === undefined);
  return { kind: isSafe ? 'safe' : 'failed', reasons };
}

/** Why this is not what the client saw; undefined where it is. */
function problem(delivery: Delivery, { method }: AnswerCase, { bytes, closed }: Sighting): string | undefined {
  const { answers, end, reason, rest } = readAnswers(bytes, [method], closed);
  if (end === 'malformed') return `the client could not read its answer: ${reason}`;
  const [answer] = answers;
  if (delivery.kind === 'cut') return answer === undefined && closed ? undefined : 'not cut';
  if (answer === undefined) return closed ? 'closed without a whole answer' : 'no whole answer';
  const expected = delivery.kind === 'delivered' ? delivery.tunnelled : '';
  if (rest !== expected) return `the client got ${JSON.stringify(rest.slice(0, 60))} as well`;
  return delivery.kind === 'failed' ? failureProblem(delivery.status, answer) : deliveryProblem(delivery, answer);
}

function failureProblem(statuses: readonly number[], answer: StrictAnswer): string | undefined {
  return statuses.includes(answer.status) ? undefined : `status ${answer.status}`;
}

function deliveryProblem(delivery: Delivery & { kind: 'delivered' }, answer: StrictAnswer): string | undefined {
  if (answer.status !== delivery.status) return `status ${answer.status}`;
  if (answer.body !== delivery.body) return `body ${JSON.stringify(answer.body.slice(0, 60))}`;
  if (delivery.interim !== undefined && delivery.interim.join() !== answer.interim.join()) {
    return `interim answers: ${answer.interim.join(', ') || 'none'}`;
  }
  for (const [name, wanted] of Object.entries(delivery.fields)) {
    const values = valuesOf(answer.fields, name);
    if (!fits(wanted, values)) return `${name} is ${values.length === 0 ? 'absent' : values.join(', ')}`;
  }
  return undefined;
}
