import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contender } from './contender.ts';
import { type Load, measure, type Round, wrkScript } from './measure.ts';

export interface Plan {
  readonly rounds: number;
  /** Of each round. */
  readonly seconds: number;
  /** For files of the load generator. */
  readonly directory: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export const cpuOf = (round: Round): number => round.userUs + round.systemUs;

/** One warm-up, then rounds in which everybody has a turn: what else the machine does hits all alike. */
export async function interleave(
  contenders: readonly Contender[],
  load: Load,
  { rounds, seconds, directory }: Plan,
): Promise<ReadonlyMap<string, readonly Round[]>> {
  const script = join(directory, 'load.lua');
  writeFileSync(script, wrkScript(load));
  const results = new Map<string, Round[]>(contenders.map(({ name }) => [name, []]));
  for (const contender of contenders) await measure(contender, load, script, 1);
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      results.get(contender.name)?.push(await measure(contender, load, script, seconds));
    }
  }
  return results;
}

const COLUMNS: readonly (readonly [title: string, width: number, digits: number, read: (round: Round) => number])[] = [
  ['req/s', 9, 0, (round) => round.requestsPerSecond],
  ['p50 ms', 9, 3, (round) => round.p50Ms],
  ['p99 ms', 9, 2, (round) => round.p99Ms],
  ['user us', 9, 1, (round) => round.userUs],
  ['kernel us', 10, 1, (round) => round.systemUs],
  ['RSS MB', 8, 0, (round) => round.rssMb],
];

function line(name: string, results: readonly Round[], ours: readonly Round[]): string {
  const paired = (ratio: (theirs: Round, ours: Round) => number) =>
    median(results.map((round, i) => ratio(round, ours[i] ?? round))).toFixed(2);
  const cells = COLUMNS.map(([, width, digits, read]) => median(results.map(read)).toFixed(digits).padStart(width));
  const perCore = paired((theirs, our) => cpuOf(theirs) / cpuOf(our)).padStart(10);
  const speed = paired((theirs, our) => our.requestsPerSecond / theirs.requestsPerSecond).padStart(8);
  const errors = results.reduce((sum, round) => sum + round.errors, 0);
  return `${name.padEnd(24)}${cells.join('')}${perCore}${speed}${errors > 0 ? `  ${errors} errors` : ''}`;
}

/** Prints how each did; the first one is ours. Above 1 in the last two columns: ours does more. */
export async function compare(contenders: readonly Contender[], load: Load, plan: Plan): Promise<void> {
  const results = await interleave(contenders, load, plan);
  const ours = results.get(contenders[0]?.name ?? '') ?? [];
  const titles = COLUMNS.map(([title, width]) => title.padStart(width)).join('');
  process.stdout.write(`\n${load.name}\n${' '.repeat(24)}${titles}  per core   speed\n`);
  for (const [name, measured] of results) process.stdout.write(`${line(name, measured, ours)}\n`);
}
