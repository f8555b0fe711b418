import { beforeAll, expect, test } from 'vitest';
import { ANSWER_CASES } from './corpus/answers.ts';
import type { Verdict } from './judge.ts';
import { complaint } from './known-deviations.ts';
import { startRingmaster } from './ringmaster-target.ts';
import { runAnswer } from './run-answer.ts';
import { runCorpus } from './run-corpus.ts';

const FAMILIES = [...new Set(ANSWER_CASES.map(({ family }) => family))];
let verdicts: ReadonlyMap<string, Verdict> = new Map();

beforeAll(async () => {
  verdicts = await runCorpus({ start: () => startRingmaster(), run: runAnswer, targets: 5 }, ANSWER_CASES);
});

test.each(FAMILIES)(
  '%s: the client gets a whole answer or a failure it can tell, and nobody gets what is left over',
  (family) => {
    const complaints = ANSWER_CASES.filter((row) => row.family === family)
      .map((row) => complaint(row, verdicts.get(row.id)))
      .filter((text) => text !== undefined);
    expect(complaints).toEqual([]);
  },
);
