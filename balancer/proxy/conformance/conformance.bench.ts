import type { AnswerCase } from './answer-case.ts';
import type { RequestCase } from './case.ts';
import { ANSWER_CASES } from './corpus/answers.ts';
import { REQUEST_CASES } from './corpus/requests.ts';
import type { Entry } from './entry.ts';
import type { Verdict } from './judge.ts';
import { isForLane } from './known-deviations.ts';
import { isInstalled, startHaproxy, startNginx } from './native-targets.ts';
import { startRingmaster } from './ringmaster-target.ts';
import { runAnswer } from './run-answer.ts';
import { runCase } from './run-case.ts';
import { runCorpus } from './run-corpus.ts';
import type { Target } from './target.ts';

/**
 * `npm run test:conformance [-- --only=<start of ids>] [-- --target=<start of name>] [-- --list]`: what each proxy makes
 * of the corpus. `--list` names every case that did not go as promised; ours are always named.
 */
const argument = (name: string) => process.argv.find((text) => text.startsWith(`--${name}`))?.slice(name.length + 3);

type Case = RequestCase | AnswerCase;

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

interface Score {
  readonly promised: number;
  readonly safe: number;
  readonly failed: number;
  readonly complaints: readonly string[];
}

async function score({ entry, start }: Contender, cases: readonly Case[]): Promise<Score> {
  const run = (target: Target, row: Case) =>
    'steps' in row ? runCase(target, row, entry) : runAnswer(target, row, entry);
  const rows = cases.filter((row) => isForLane(entry, row));
  const verdicts = await runCorpus({ start, run, entry, targets: 3 }, rows);
  const count = (kind: Verdict['kind']) => rows.filter(({ id }) => verdicts.get(id)?.kind === kind).length;
  const complaints = rows.map((row) => complaint(row, verdicts.get(row.id))).filter((text) => text !== '');
  return { promised: count('promised'), safe: count('safe'), failed: count('failed'), complaints };
}

function complaint({ id, about, rfc }: Case, verdict: Verdict | undefined): string {
  if (verdict === undefined || verdict.kind === 'promised') return '';
  return `${verdict.kind}: ${id} (${about}, RFC ${rfc})\n      ${verdict.reasons.join('\n      ')}`;
}

const cases = [...REQUEST_CASES, ...ANSWER_CASES].filter(({ id }) => id.startsWith(argument('only') ?? ''));
const chosen = CONTENDERS.filter(({ name }) => name.startsWith(argument('target') ?? ''));
const table: Record<string, Record<string, number>> = {};
for (const contender of chosen) {
  const { name } = contender;
  if (!name.startsWith('ringmaster') && !(await isInstalled(name))) {
    console.log(`${name} is not installed: left out`);
    continue;
  }
  const { promised, safe, failed, complaints } = await score(contender, cases);
  const isNamed = name.startsWith('ringmaster') || argument('list') !== undefined;
  if (isNamed && complaints.length > 0) console.log(`\n${name}:\n  ${complaints.join('\n  ')}`);
  table[name] = { 'as promised': promised, 'otherwise safe': safe, failed };
}
console.log(`\n${cases.length} cases`);
console.table(table);
