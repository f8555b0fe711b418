import { expect, test } from 'vitest';
import { TRUSTED_CASES } from './corpus/trusted.ts';
import { complaint } from './known-deviations.ts';
import { startRingmaster } from './ringmaster-target.ts';
import { runCase } from './run-case.ts';
import { runCorpus } from './run-corpus.ts';

test.each(['as-written', 'general'] as const)('a trusted proxy is believed, and added to (%s)', async (entry) => {
  const start = () => startRingmaster({ trustedProxies: ['127.0.0.0/8'] });
  const verdicts = await runCorpus({ start, run: runCase, entry, targets: 1 }, TRUSTED_CASES);
  const complaints = TRUSTED_CASES.map((row) => complaint(row, entry, verdicts.get(row.id)));
  expect(complaints.filter((text) => text !== undefined)).toEqual([]);
});
