import type { AnswerCase } from '../answer-case.ts';
import type { RequestCase } from '../case.ts';
import { bytesOf, type Step, wait } from '../steps.ts';
import { ANSWER_CASES } from './answers.ts';
import { REQUEST_CASES } from './requests.ts';

/** Where a parser keeps state from one read to the next, each of these finds it. */
const REQUESTS = [
  'combine/order',
  'pipelined/two',
  'pipelined/post-then-get',
  'pipelined/after-close',
  'chunk-valid/extensions-then-request',
  'chunk-valid/trailers-then-request',
  'absolute/agrees',
  'te-beside-cl/length-first',
  'te-obscured/folded-value',
  'host/twice-other',
  'value/bare-lf',
  'value/bare-cr',
  'chunk-broken/size-lf-only',
  'chunk-broken/trailer-bare-lf',
  'expect/continue-then-request',
  'expect/passed-on-at-once',
];
const ANSWERS = [
  'answer-body/length',
  'answer-body/chunked-extensions',
  'answer-body/until-close',
  'answer-bodiless/head',
  'answer-interim/103',
  'answer-expect/hint-and-continue',
  'answer-expect/refused',
  'answer-framing/length-and-chunked',
  'answer-chunks/size-lf',
  'answer-body/chunked-long',
];
/** Long enough that each piece is read on its own. */
const BETWEEN_PIECES_MS = 2;

/** The same steps, their bytes in two pieces, cut at each place in turn. */
function cuts(steps: readonly Step[]): readonly (readonly [at: number, steps: readonly Step[]])[] {
  const bytes = bytesOf(steps);
  const others = steps.filter((step) => typeof step !== 'string');
  return Array.from({ length: bytes.length - 1 }, (_, i) => {
    const pieces = [bytes.slice(0, i + 1), wait(BETWEEN_PIECES_MS), bytes.slice(i + 1)];
    return [i + 1, [...pieces, ...others]] as const;
  });
}

/** Key conversations, their bytes cut in two at every place. */
export const SPLIT_REQUESTS: readonly RequestCase[] = REQUEST_CASES.filter(({ id }) => REQUESTS.includes(id)).flatMap(
  (row) => cuts(row.steps).map(([at, steps]) => ({ ...row, id: `${row.id}@${at}`, steps })),
);

/** Key answers, their bytes cut in two at every place. */
export const SPLIT_ANSWERS: readonly AnswerCase[] = ANSWER_CASES.filter(({ id }) => ANSWERS.includes(id)).flatMap(
  (row) => cuts(row.answer).map(([at, answer]) => ({ ...row, id: `${row.id}@${at}`, answer })),
);
