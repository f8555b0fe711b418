import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerCase } from './answer-case.ts';
import { ANSWER_CASES } from './corpus/answers.ts';
import { REQUEST_CASES } from './corpus/requests.ts';
import { anyRequest } from './fuzz-grammar.ts';
import { isForLane, KNOWN_DIFFERENCES } from './known-deviations.ts';
import { exchange } from './lanes-compared.ts';
import { createRandom } from './random.ts';
import { startRingmaster } from './ringmaster-target.ts';
import type { Target } from './target.ts';

const SEED = 20;
/** Families of one request each, sent whole, and answered at once. */
const SINGLE = [
  'host',
  'absolute',
  'name',
  'value',
  'combine',
  'cl-valid',
  'te-valid',
  'chunk-valid',
  'connection',
  'forwarded',
  'via',
  'target',
];
let target: Target;

beforeAll(async () => {
  target = await startRingmaster();
});
afterAll(() => target.stop());

const generated = Array.from({ length: 250 }, (_, i) => ({
  id: `generated ${i}`,
  request: anyRequest(createRandom(SEED + i)),
}));
const fromCorpus = REQUEST_CASES.filter(
  ({ id, family, steps, promised }) =>
    !KNOWN_DIFFERENCES.has(id) &&
    SINGLE.includes(family) &&
    steps.length === 1 &&
    promised.every(({ forwarded }) => forwarded.length < 2),
).map(({ id, steps: [request] }) => ({ id, request: String(request) }));

describe('both lanes tell the replica and the client the same', () => {
  test.each([...generated, ...fromCorpus].filter(({ request }) => request.length < 10_000))(
    '$id',
    async ({ request }) => {
      const method = request.slice(0, request.indexOf(' '));
      const one = await exchange(target, 'as-written', [request], method);
      const other = await exchange(target, 'general', [request], method);
      expect(other).toEqual(one);
    },
  );
});

/** A good answer, which has to look the same whichever lane it came through. */
function isDelivered({ id, promised, early, family }: AnswerCase): boolean {
  return (
    !KNOWN_DIFFERENCES.has(id) &&
    isForLane('general', { family }) &&
    promised.every(({ kind }) => kind === 'delivered') &&
    !early &&
    family !== 'answer-connection'
  );
}

describe('both lanes hand on the same answer', () => {
  test.each(ANSWER_CASES.filter(isDelivered))('$id', async ({ method, request, answer }) => {
    const one = await exchange(target, 'as-written', request, method, { steps: answer });
    const other = await exchange(target, 'general', request, method, { steps: answer });
    expect(one.answered).toHaveLength(1);
    expect(other).toEqual(one);
  });
});
