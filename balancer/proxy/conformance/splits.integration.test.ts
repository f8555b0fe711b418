import { expect, test } from 'vitest';
import { SPLIT_ANSWERS, SPLIT_REQUESTS } from './corpus/splits.ts';
import { complaint, isForLane } from './known-deviations.ts';
import { startRingmaster } from './ringmaster-target.ts';
import { runAnswer } from './run-answer.ts';
import { runCase } from './run-case.ts';
import { runCorpus } from './run-corpus.ts';

const start = () => startRingmaster();
const TIMEOUT_MS = 90_000;

test.concurrent(
  'wherever key requests are cut in two, what arrives is the same',
  async () => {
    const verdicts = await runCorpus({ start, run: runCase, entry: 'as-written', targets: 6 }, SPLIT_REQUESTS);
    const complaints = SPLIT_REQUESTS.map((row) => complaint(row, 'as-written', verdicts.get(row.id)));
    expect(complaints.filter((text) => text !== undefined)).toEqual([]);
    expect(verdicts.size).toBeGreaterThan(1000);
  },
  TIMEOUT_MS,
);

test.concurrent.each(['as-written', 'general'] as const)(
  'wherever key answers are cut in two, the client gets the same (%s)',
  async (entry) => {
    const rows = SPLIT_ANSWERS.filter((row) => isForLane(entry, row));
    const verdicts = await runCorpus({ start, run: runAnswer, entry, targets: 4 }, rows);
    const complaints = rows.map((row) => complaint(row, entry, verdicts.get(row.id)));
    expect(complaints.filter((text) => text !== undefined)).toEqual([]);
    expect(verdicts.size).toBeGreaterThan(300);
  },
  TIMEOUT_MS,
);
