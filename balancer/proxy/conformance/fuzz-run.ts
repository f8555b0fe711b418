import { fuzzAnswers } from './fuzz-answers.ts';
import { type Finding, fuzzRequests } from './fuzz-requests.ts';
import { createRandom, type Random } from './random.ts';
import type { Target } from './target.ts';

export interface FuzzReport {
  readonly seed: number;
  readonly conversations: number;
  readonly findings: readonly Finding[];
}

/** After so many findings there is enough to look at. */
const MAX_FINDINGS = 5;

type Fuzz = (random: Random, target: Target) => Promise<Finding | undefined>;

/** Talks to both ends of the proxy for that long, one target each side. */
export async function fuzz(start: () => Promise<Target>, seed: number, durationMs: number): Promise<FuzzReport> {
  const until = performance.now() + durationMs;
  const sides: readonly Fuzz[] = [fuzzRequests, fuzzRequests, fuzzAnswers];
  const reports = await Promise.all(sides.map((side, i) => fuzzSide(start, side, seed + i, until)));
  return {
    seed,
    conversations: reports.reduce((sum, { conversations }) => sum + conversations, 0),
    findings: reports.flatMap(({ findings }) => findings),
  };
}

async function fuzzSide(start: () => Promise<Target>, side: Fuzz, seed: number, until: number): Promise<FuzzReport> {
  const random = createRandom(seed);
  const findings: Finding[] = [];
  const target = await start();
  let conversations = 0;
  try {
    while (performance.now() < until && findings.length < MAX_FINDINGS) {
      const finding = await side(random, target);
      conversations += 1;
      if (finding !== undefined) findings.push(finding);
    }
  } finally {
    await target.stop();
  }
  return { seed, conversations, findings };
}
