import { expect, test } from 'vitest';
import { VIA_ANSWERS, VIA_NAME, VIA_REQUESTS } from './corpus/via.ts';
import { complaint } from './known-deviations.ts';
import { startRingmaster } from './ringmaster-target.ts';
import { runAnswer } from './run-answer.ts';
import { runCase } from './run-case.ts';
import { runCorpus } from './run-corpus.ts';

test.each(['as-written', 'general'] as const)(
  'with a name for it, requests and answers say Via (%s)',
  async (entry) => {
    const start = () => startRingmaster({ via: VIA_NAME });
    const requests = await runCorpus({ start, run: runCase, entry, targets: 1 }, VIA_REQUESTS);
    const answers = await runCorpus({ start, run: runAnswer, entry, targets: 1 }, VIA_ANSWERS);
    const complaints = [
      ...VIA_REQUESTS.map((row) => complaint(row, entry, requests.get(row.id))),
      ...VIA_ANSWERS.map((row) => complaint(row, entry, answers.get(row.id))),
    ];
    expect(complaints.filter((text) => text !== undefined)).toEqual([]);
  },
);
