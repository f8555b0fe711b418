import { HOST, message } from './case.ts';
import { type Sighting, startClient } from './client.ts';
import { ANSWER_CASES } from './corpus/answers.ts';
import { anyAnswer, mutate } from './fuzz-grammar.ts';
import type { Attempt } from './fuzz-run.ts';
import type { Random } from './random.ts';
import { serveNext } from './run-case.ts';
import { bytesOf, END, type Step, wait } from './steps.ts';
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

interface Plan {
  readonly method: string;
  readonly bytes: string;
  readonly isValid: boolean;
  /** Through the general lane. */
  readonly isGeneral: boolean;
  /** The client asks whether it may send its body, and the replica answers before that is there. */
  readonly isAsked: boolean;
}

const ASKED_RATIO = 0.25;
const BODY = 'hello';

/** One random answer of the replica: what the client may not take for whole, or how the next one suffers. */
export function answerAttempt(random: Random): Attempt {
  const isAsked = random.chance(ASKED_RATIO);
  const method = isAsked ? 'POST' : random.pick(['GET', 'GET', 'GET', 'HEAD']);
  const isValid = random.chance(VALID_RATIO);
  const bytes = isValid ? validAnswer(random, method, isAsked) : wildAnswer(random, method, isAsked);
  const plan: Plan = { method, bytes, isValid, isGeneral: !isAsked && random.chance(0.5), isAsked };
  const request = isAsked ? askingSteps(random) : [plainRequest(plan)];
  return { steps: [...request, bytes], run: (target) => attempt(target, request, plan) };
}

function plainRequest({ method, isGeneral }: Plan): string {
  return message(`${method} /t HTTP/1.1`, HOST, ...(isGeneral ? ['Connection: x-general'] : []));
}

/** With its body at once, later, in part, or without it. */
function askingSteps(random: Random): readonly Step[] {
  const head = message('POST /t HTTP/1.1', HOST, `Content-Length: ${BODY.length}`, 'Expect: 100-continue');
  return random.pick([[head + BODY], [head, wait(2), BODY], [head, wait(2), BODY.slice(2)], [head]]);
}

async function attempt(target: Target, request: readonly Step[], plan: Plan): Promise<string | undefined> {
  // Without a fault nothing ends; with one, the end tells the proxy that nothing more comes.
  target.replica.begin({ steps: plan.isValid ? [plan.bytes] : [plan.bytes, wait(2), END], early: plan.isAsked });
  const client = await startClient(target.port, request);
  const until = performance.now() + PATIENCE_MS;
  const isOver = () => client.sighting().closed || outcome(client.sighting(), plan.method) !== undefined;
  while (!isOver() && performance.now() < until) await client.change(LOOK_EVERY_MS);
  const problem = isOver() ? problemOf(plan, client.sighting()) : 'neither answered nor closed';
  client.destroy();
  return problem ?? (await serveNext(target));
}

function validAnswer(random: Random, method: string, isAsked: boolean): string {
  const goOn = isAsked && random.chance(0.5) ? message('HTTP/1.1 100 Continue') : '';
  return goOn + anyAnswer(random, method);
}

function wildAnswer(random: Random, method: string, isAsked: boolean): string {
  let bytes = random.chance(FROM_CORPUS_RATIO) ? random.pick(CORPUS) : validAnswer(random, method, isAsked);
  for (let count = 1 + random.below(3); count > 0; count -= 1) bytes = mutate(random, bytes);
  return bytes;
}

function outcome({ bytes, closed }: Sighting, method: string): StrictAnswer | undefined {
  return readAnswers(bytes, [method], closed).answers[0];
}

function problemOf({ bytes, method, isValid, isGeneral }: Plan, seen: Sighting): string | undefined {
  const { end, reason } = readAnswers(seen.bytes, [method], seen.closed);
  const meant = readAnswer(bytes, 0, method, true);
  // undici, which reads for the general lane, overlooks more than we do; see the known deviations.
  if (meant.kind === 'malformed' && isGeneral) return undefined;
  if (end === 'malformed') return `the client could not read its answer: ${reason}`;
  const got = outcome(seen, method);
  if (got === undefined) return isValid ? 'a good answer was cut' : undefined;
  if (OWN_FAILURES.includes(got.status)) return isValid ? `a good answer became ${got.status}` : undefined;
  if (meant.kind !== 'whole') return `delivered ${got.status}, although the answer is ${meant.kind}`;
  const { status, body } = meant.value;
  return got.status === status && got.body === body ? undefined : `delivered ${got.status} with another body or status`;
}
