import type { ExperimentRequest } from '../../../lib/lab/experiment.ts';
import { findingsOf } from '../../../lib/lab/findings.ts';
import type { KillReport, RunResult } from '../../../lib/lab/run.ts';
import type { Context } from './context.ts';
import { runEndpoints } from './endpoints.ts';
import type { Freezer } from './freezer.ts';
import { runKill } from './kill.ts';
import { runSchemes } from './schemes.ts';
import { runGrowth, runShares } from './shares.ts';

export interface Outcome {
  readonly result: RunResult;
  /** The most important thing that was found. */
  readonly summary: string;
  /** Of what was claimed; null where nothing was. */
  readonly pass: boolean | null;
}

/** Runs what was asked for. Rejects when the balancer refuses something, goes away, or the run is cancelled. */
export async function runExperiment(
  request: ExperimentRequest,
  context: Context,
  freezer: Freezer | null,
): Promise<Outcome> {
  const result = await resultOf(request, context, freezer);
  return { result, summary: findingsOf(result)[0] ?? '', pass: verdictOf(result) };
}

async function resultOf(request: ExperimentRequest, context: Context, freezer: Freezer | null): Promise<RunResult> {
  switch (request.kind) {
    case 'a1':
      return runShares(request, context);
    case 'a2':
      return runGrowth(request, context);
    case 'a3':
      return runEndpoints(request, context, freezer);
    case 'a4':
      return runSchemes(request, context);
    case 'kill':
      return killResult(await runKill(request, context, freezer, killResult));
    case 'load': {
      context.step('load', 0);
      const load = await context.load(context.subject.origin, request.load);
      return { kind: 'load', load: { ...load, frames: load.frames.map((frame) => ({ ...frame, latencies: [] })) } };
    }
  }
}

function killResult(kill: KillReport): RunResult {
  return { kind: 'kill', kill };
}

function verdictOf(result: RunResult): boolean | null {
  if (result.kind === 'kill') return result.kill.hypothesis.pass;
  if (result.kind === 'a3') return result.kill.hypothesis.pass && result.checks.every((check) => check.ok);
  return null;
}
