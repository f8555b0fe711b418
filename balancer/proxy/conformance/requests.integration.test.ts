import { beforeAll, describe, expect, test } from 'vitest';
import type { RequestCase } from './case.ts';
import { REQUEST_CASES } from './corpus/requests.ts';
import type { Verdict } from './judge.ts';
import { complaint } from './known-deviations.ts';
import { startRingmaster } from './ringmaster-target.ts';
import { type Entry, runCase } from './run-case.ts';
import { runCorpus } from './run-corpus.ts';

const ENTRIES: readonly (readonly [lane: string, entry: Entry])[] = [
  ['whole requests, which the fast lane may take', 'as-written'],
  ['split requests, which only the general lane takes', 'split'],
];
const FAMILIES = [...new Set(REQUEST_CASES.map(({ family }) => family))];

test('the corpus holds at least 300 cases, each under an id of its own', () => {
  expect(new Set(REQUEST_CASES.map(({ id }) => id)).size).toBe(REQUEST_CASES.length);
  expect(REQUEST_CASES.length).toBeGreaterThanOrEqual(300);
});

describe.each(ENTRIES)('%s', (_, entry) => {
  let verdicts: ReadonlyMap<string, Verdict> = new Map();

  beforeAll(async () => {
    const trial = {
      start: () => startRingmaster(),
      run: (target: Parameters<typeof runCase>[0], row: RequestCase) => runCase(target, row, entry),
      targets: 4,
    };
    verdicts = await runCorpus(trial, REQUEST_CASES);
  });

  test.each(FAMILIES)('%s: what arrives is what was sent, or nothing, and the next client is served', (family) => {
    const complaints = REQUEST_CASES.filter((row) => row.family === family)
      .map((row) => complaint(row, verdicts.get(row.id)))
      .filter((text) => text !== undefined);
    expect(complaints).toEqual([]);
  });
});
