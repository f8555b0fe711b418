import { beforeAll, describe, expect, test } from 'vitest';
import { ANSWER_CASES } from './corpus/answers.ts';
import type { Entry } from './entry.ts';
import type { Verdict } from './judge.ts';
import { complaint, isForLane } from './known-deviations.ts';
import { startRingmaster } from './ringmaster-target.ts';
import { runAnswer } from './run-answer.ts';
import { runCorpus } from './run-corpus.ts';

const LANES: readonly Entry[] = ['as-written', 'general'];
const FAMILIES = [...new Set(ANSWER_CASES.map(({ family }) => family))];
const verdicts = new Map<string, ReadonlyMap<string, Verdict>>();

beforeAll(async () => {
  const start = () => startRingmaster();
  const trials = LANES.map(async (entry) => {
    const rows = ANSWER_CASES.filter((row) => isForLane(entry, row));
    verdicts.set(entry, await runCorpus({ start, run: runAnswer, entry, targets: 4 }, rows));
  });
  await Promise.all(trials);
});

describe.each(LANES)('%s', (entry) => {
  test.each(FAMILIES)(
    '%s: the client gets a whole answer or a failure, and nobody gets what is left over',
    (family) => {
      const complaints = ANSWER_CASES.filter((row) => row.family === family && isForLane(entry, row))
        .map((row) => complaint(row, entry, verdicts.get(entry)?.get(row.id)))
        .filter((text) => text !== undefined);
      expect(complaints).toEqual([]);
    },
  );
});
