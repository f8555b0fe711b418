import type { AnswerCase } from './answer-case.ts';
import type { RequestCase } from './case.ts';
import { ANSWER_CASES } from './corpus/answers.ts';
import { REQUEST_CASES } from './corpus/requests.ts';
import type { Entry } from './entry.ts';
import type { Verdict } from './judge.ts';
import { isInstalled, startHaproxy, startNginx } from './native-targets.ts';
import { startRingmaster } from './ringmaster-target.ts';
import { runAnswer } from './run-answer.ts';
import { runCase } from './run-case.ts';
import type { Target } from './target.ts';

/** `npm run test:conformance [-- --only=family] [-- --target=name]`: the score of each proxy on the corpus. */
const argument = (name: string) => process.argv.find((text) => text.startsWith(`--${name}=`))?.slice(name.length + 3);

type Case = RequestCase | AnswerCase;

interface Score {
  readonly name: string;
  readonly promised: number;
  readonly safe: number;
  readonly total: number;
  readonly failed: readonly string[];
}

interface Contender {
  readonly name: string;
  readonly entry: Entry;
  readonly start: () => Promise<Target>;
}

const CONTENDERS: readonly Contender[] = [
  { name: 'ringmaster', entry: 'as-written', start: () => startRingmaster() },
  { name: 'ringmaster, split', entry: 'split', start: () => startRingmaster() },
  { name: 'ringmaster, general lane', entry: 'general', start: () => startRingmaster() },
  { name: 'nginx', entry: 'as-written', start: startNginx },
  { name: 'haproxy', entry: 'as-written', start: startHaproxy },
];

async function score({ name, entry, start }: Contender, cases: readonly Case[]): Promise<Score> {
  const target = await start();
  const failed: string[] = [];
  let promised = 0;
  let safe = 0;
  try {
    for (const row of cases) {
      const verdict = 'steps' in row ? await runCase(target, row, entry) : await runAnswer(target, row, entry);
      if (verdict.kind === 'promised') promised += 1;
      if (verdict.kind === 'failed') failed.push(complaint(row, verdict));
      else safe += 1;
      if (verdict.kind === 'safe' && argument('verbose') !== undefined)
        failed.push(`(safe) ${complaint(row, verdict)}`);
    }
  } finally {
    await target.stop();
  }
  return { name, promised, safe, total: cases.length, failed };
}

function complaint(row: Case, verdict: Verdict & { kind: 'failed' | 'safe' }): string {
  return `${row.id} (${row.about}, RFC ${row.rfc})\n      ${verdict.reasons.join('\n      ')}`;
}

const only = argument('only') ?? '';
const chosen = argument('target') ?? '';
const cases = [...REQUEST_CASES, ...ANSWER_CASES].filter(({ id }) => id.startsWith(only));
const installed = new Map([
  ['nginx', await isInstalled('nginx')],
  ['haproxy', await isInstalled('haproxy')],
]);
const contenders = CONTENDERS.filter(({ name }) => name.startsWith(chosen) && installed.get(name) !== false);
const scores = await Promise.all(contenders.map((contender) => score(contender, cases)));

for (const { name, failed } of scores) {
  if (failed.length > 0) console.log(`\n${name}:\n  ${failed.join('\n  ')}`);
}
console.log(`\n${cases.length} cases`);
console.table(
  Object.fromEntries(
    scores.map(({ name, promised, safe, total }) => [name, { safe, 'as promised': promised, failed: total - safe }]),
  ),
);
