import type { Entry } from './entry.ts';
import type { Verdict } from './judge.ts';
import type { Target } from './target.ts';

/** Whatever can be tried against a target. */
export interface Trial<Row> {
  readonly start: () => Promise<Target>;
  readonly run: (target: Target, row: Row, entry: Entry) => Promise<Verdict>;
  readonly entry: Entry;
  /** As many targets share the work, each with a replica of its own, so that their journals stay apart. */
  readonly targets: number;
}

/** Runs every row once and gives back its verdict by its id. */
export async function runCorpus<Row extends { readonly id: string }>(
  trial: Trial<Row>,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  const queue = rows[Symbol.iterator]();
  await Promise.all(Array.from({ length: trial.targets }, () => work(trial, queue, verdicts)));
  return verdicts;
}

async function work<Row extends { readonly id: string }>(
  { start, run, entry }: Trial<Row>,
  queue: IterableIterator<Row>,
  verdicts: Map<string, Verdict>,
): Promise<void> {
  const target = await start();
  try {
    for (const row of queue) {
      const verdict = await run(target, row, entry);
      // A refusal that came without its words harms nobody, and happens when a machine is busy: once more, to be sure.
      verdicts.set(row.id, verdict.kind === 'safe' ? await run(target, row, entry) : verdict);
    }
  } finally {
    await target.stop();
  }
}
