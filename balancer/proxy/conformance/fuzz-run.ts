import { setTimeout as pause } from 'node:timers/promises';
import { answerAttempt } from './fuzz-answers.ts';
import { requestAttempt } from './fuzz-requests.ts';
import { http2Attempt } from './http2/fuzz-http2.ts';
import { createRandom, type Random } from './random.ts';
import type { Step } from './steps.ts';
import type { Target } from './target.ts';

/** Something to try, as often as it takes. */
export interface Attempt {
  /** What is sent. */
  readonly steps: readonly Step[];
  /** Says what is wrong with what came of it, or undefined. */
  readonly run: (target: Target) => Promise<string | undefined>;
}

/** What was sent, and what is wrong with what came of it. */
export interface Finding {
  readonly steps: readonly Step[];
  readonly problem: string;
}

export interface FuzzReport {
  readonly seed: number;
  readonly conversations: number;
  readonly findings: readonly Finding[];
}

/** After so many findings there is enough to look at. */
const MAX_FINDINGS = 5;

/** What is wrong shows again: the rest was left over from the conversation before. */
const CONFIRMATIONS = 20;
const QUIET_MS = 200;

type Side = (random: Random) => Attempt;

/** Talks to both ends of the proxy for that long, one target each side. */
export async function fuzz(start: () => Promise<Target>, seed: number, durationMs: number): Promise<FuzzReport> {
  const until = performance.now() + durationMs;
  const sides: readonly Side[] = [requestAttempt, requestAttempt, answerAttempt, http2Attempt];
  const reports = await Promise.all(sides.map((side, i) => fuzzSide(start, side, seed + i, until)));
  return {
    seed,
    conversations: reports.reduce((sum, { conversations }) => sum + conversations, 0),
    findings: reports.flatMap(({ findings }) => findings),
  };
}

async function fuzzSide(start: () => Promise<Target>, side: Side, seed: number, until: number): Promise<FuzzReport> {
  const random = createRandom(seed);
  const findings: Finding[] = [];
  const target = await start();
  let conversations = 0;
  try {
    while (performance.now() < until && findings.length < MAX_FINDINGS) {
      const attempt = side(random);
      const finding = (await attempt.run(target)) === undefined ? undefined : await confirm(attempt, target);
      conversations += 1;
      if (finding !== undefined) findings.push(finding);
    }
  } finally {
    await target.stop();
  }
  return { seed, conversations, findings };
}

async function confirm({ steps, run }: Attempt, target: Target): Promise<Finding | undefined> {
  for (let again = 0; again < CONFIRMATIONS; again += 1) {
    await pause(QUIET_MS);
    const problem = await run(target);
    if (problem !== undefined) return { steps, problem };
  }
  return undefined;
}
