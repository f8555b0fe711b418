import { backWithin, type KillParameters, mostLost } from '../../../lib/lab/experiment.ts';
import type { KillReport, KillRound, RunResult } from '../../../lib/lab/run.ts';
import { percentileOf } from '../../../lib/lab/statistics.ts';
import type { Context } from './context.ts';
import type { Freezer } from './freezer.ts';
import { killRound } from './kill-round.ts';

/** Between two rounds: the fleet must have settled, or one round's end is the next one's fault. */
const SETTLE_MS = 300;

/** The kill demo: a fault under load, so many times, against a claim. `asResult`: what a report is part of. */
export async function runKill(
  parameters: KillParameters,
  context: Context,
  freezer: Freezer | null,
  asResult: (kill: KillReport) => RunResult,
): Promise<KillReport> {
  const rounds: KillRound[] = [];
  for (let number = 0; number < parameters.repeat; number++) {
    if (number > 0) await context.sleep(Math.max(SETTLE_MS, parameters.everyMs));
    context.step(`${parameters.fault}, round ${number + 1} of ${parameters.repeat}`, number / parameters.repeat);
    rounds.push(await killRound(parameters, number, context, freezer));
    context.found(asResult(killReport(parameters, rounds)));
    context.signal.throwIfAborted();
  }
  return killReport(parameters, rounds);
}

function hypothesisOf(parameters: KillParameters): string {
  const most = mostLost(parameters);
  const lost = most === null ? '' : `at most ${most} lost, `;
  return `${lost}all replicas back within ${backWithin(parameters)} ms`;
}

function killReport(parameters: KillParameters, rounds: readonly KillRound[]): KillReport {
  const over = (pick: (round: KillRound) => number | null) => {
    const known = rounds.map(pick).filter((ms) => ms !== null);
    return { p50: percentileOf(known, 0.5), p95: percentileOf(known, 0.95) };
  };
  const passed = rounds.filter((round) => round.pass).length;
  return {
    rounds: [...rounds],
    noticed: over((round) => round.noticedMs),
    outOfRotation: over((round) => round.outOfRotationMs),
    newInstance: over((round) => round.newInstanceMs),
    serving: over((round) => round.servingMs),
    firstRequest: over((round) => round.firstRequestMs),
    hypothesis: { text: hypothesisOf(parameters), pass: passed === rounds.length, passed, rounds: rounds.length },
  };
}
