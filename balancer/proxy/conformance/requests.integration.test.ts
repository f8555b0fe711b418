import { beforeAll, describe, expect, test } from 'vitest';
import { REQUEST_CASES } from './corpus/requests.ts';
import { ENTRIES } from './entry.ts';
import type { Verdict } from './judge.ts';
import { complaint } from './known-deviations.ts';
import { startRingmaster } from './ringmaster-target.ts';
import { runCase } from './run-case.ts';
import { runCorpus } from './run-corpus.ts';

const FAMILIES = [...new Set(REQUEST_CASES.map(({ family }) => family))];
const verdicts = new Map<string, ReadonlyMap<string, Verdict>>();

beforeAll(async () => {
  const start = () => startRingmaster();
  const trials = ENTRIES.map(async (entry) => {
    verdicts.set(entry, await runCorpus({ start, run: runCase, entry, targets: 3 }, REQUEST_CASES));
  });
  await Promise.all(trials);
});

test('the corpus holds at least 300 cases, each under an id of its own', () => {
  expect(new Set(REQUEST_CASES.map(({ id }) => id)).size).toBe(REQUEST_CASES.length);
  expect(REQUEST_CASES.length).toBeGreaterThanOrEqual(300);
});

describe.each(ENTRIES)('%s', (entry) => {
  test.each(FAMILIES)('%s: what arrives is what was sent, or nothing, and the next client is served', (family) => {
    const complaints = REQUEST_CASES.filter((row) => row.family === family)
      .map((row) => complaint(row, entry, verdicts.get(entry)?.get(row.id)))
      .filter((text) => text !== undefined);
    expect(complaints).toEqual([]);
  });
});
