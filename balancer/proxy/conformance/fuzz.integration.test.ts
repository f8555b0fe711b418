import { expect, test } from 'vitest';
import { fuzz } from './fuzz-run.ts';
import { startRingmaster } from './ringmaster-target.ts';

/** A few seconds among the other tests, as CI gives it a minute of its own; FUZZ_SEED repeats a run. */
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 5);
const SEED = Number(process.env['FUZZ_SEED'] ?? 5);
const START_AND_STOP_MS = 30_000;

test(
  'what a client means as k requests reaches the replica as these, or is refused, and no bad answer passes for a good one',
  async () => {
    const { findings, conversations } = await fuzz(() => startRingmaster(), SEED, SECONDS * 1000);
    expect(findings).toEqual([]);
    expect(conversations).toBeGreaterThan(SECONDS);
  },
  SECONDS * 1000 + START_AND_STOP_MS,
);
