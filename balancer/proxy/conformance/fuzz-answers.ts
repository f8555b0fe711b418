import { HOST, message } from './case.ts';
import { type Sighting, startClient } from './client.ts';
import { ANSWER_CASES } from './corpus/answers.ts';
import { anyAnswer, mutate } from './fuzz-grammar.ts';
import type { Finding } from './fuzz-requests.ts';
import type { Random } from './random.ts';
import { serveNext } from './run-case.ts';
import { bytesOf, END, wait } from './steps.ts';
import { readAnswer, readAnswers, type StrictAnswer } from './strict-answer.ts';
import type { Target } from './target.ts';

const PATIENCE_MS = 9_000;
const LOOK_EVERY_MS = 50;
const MAX_CORPUS_BYTES = 3_000;
const VALID_RATIO = 0.25;
const FROM_CORPUS_RATIO = 0.3;
/** Statuses that the proxy answers with itself when a replica fails. */
const OWN_FAILURES = [502, 503, 504];

const CORPUS = ANSWER_CASES.filter(({ method }) => method === 'GET')
  .map(({ answer }) => bytesOf(answer))
  .filter((bytes) => bytes !== '' && bytes.length < MAX_CORPUS_BYTES);

/** One random answer of the replica; a finding when the client takes something else for whole, or the next one suffers. */
export async function fuzzAnswers(random: Random, target: Target): Promise<Finding | undefined> {
  const method = random.pick(['GET', 'GET', 'GET', 'HEAD']);
  const isValid = random.chance(VALID_RATIO);
  const bytes = isValid ? anyAnswer(random, method) : wildAnswer(random, method);
  const isGeneral = random.chance(0.5);
  const lane = isGeneral ? ['Connection: x-general'] : [];
  // Without a fault nothing ends; with one, the end tells the proxy that nothing more comes.
  const steps = isValid ? [bytes] : [bytes, wait(2), END];
  target.replica.begin({ steps });
  const client = await startClient(target.port, [message(`${method} /t HTTP/1.1`, HOST, ...lane)]);
  const until = performance.now() + PATIENCE_MS;
  const isOver = () => client.sighting().closed || outcome(client.sighting(), method) !== undefined;
  while (!isOver() && performance.now() < until) await client.change(LOOK_EVERY_MS);
  const problem = problemOf(isGeneral ? forgiven(bytes) : bytes, method, client.sighting(), isValid, isOver());
  client.destroy();
  const next = problem ?? (await serveNext(target));
  return next === undefined ? undefined : { steps, problem: `${method}${lane.join()}: ${next}` };
}

function wildAnswer(random: Random, method: string): string {
  let bytes = random.chance(FROM_CORPUS_RATIO) ? random.pick(CORPUS) : anyAnswer(random, method);
  for (let count = 1 + random.below(3); count > 0; count -= 1) bytes = mutate(random, bytes);
  return bytes;
}

/** What the general lane's parser overlooks ahead of the status: neither frames anything. */
function forgiven(bytes: string): string {
  return bytes.replace(/^[\r\n]+/, '').replace(/^HTTP\/[0-9]\.[0-9] /, 'HTTP/1.1 ');
}

function outcome({ bytes, closed }: Sighting, method: string): StrictAnswer | undefined {
  return readAnswers(bytes, [method], closed).answers[0];
}

function problemOf(
  bytes: string,
  method: string,
  seen: Sighting,
  isValid: boolean,
  isOver: boolean,
): string | undefined {
  const { end, reason } = readAnswers(seen.bytes, [method], seen.closed);
  if (end === 'malformed') return `the client could not read its answer: ${reason}`;
  if (!isOver) return 'neither answered nor closed';
  const got = outcome(seen, method);
  const meant = readAnswer(bytes, 0, method, true);
  if (got === undefined) return isValid ? 'a good answer was cut' : undefined;
  if (OWN_FAILURES.includes(got.status)) return isValid ? `a good answer became ${got.status}` : undefined;
  if (meant.kind !== 'whole') return `delivered ${got.status}, although the answer is ${meant.kind}`;
  const { status, body } = meant.value;
  return got.status === status && got.body === body ? undefined : `delivered ${got.status} with another body or status`;
}
