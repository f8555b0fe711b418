import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { KeyPattern } from '../../lib/lab/key-pattern.ts';
import type { Scheme } from '../../lib/lab/scheme.ts';
import type { SchemePoint } from '../../lib/lab/simulate.ts';
import type { Ring } from '../../lib/ring/types.ts';

interface Requests {
  readonly keys: KeyPattern;
  readonly requests: number;
  readonly seed: number;
}

/** Requests on each member of this ring. */
export interface CountsTask extends Requests {
  readonly kind: 'counts';
  readonly ring: Ring;
}

/** Evenness and movement of a scheme at these sizes. */
export interface SeriesTask extends Requests {
  readonly kind: 'series';
  readonly scheme: Scheme;
  readonly counts: readonly number[];
}

export type SimulationTask = CountsTask | SeriesTask;
export type SimulationResult = readonly number[] | readonly SchemePoint[];

export function simulateCounts(task: CountsTask, signal: AbortSignal): Promise<readonly number[]> {
  return inThread(task, signal) as Promise<readonly number[]>;
}

export function simulateSeries(task: SeriesTask, signal: AbortSignal): Promise<readonly SchemePoint[]> {
  return inThread(task, signal) as Promise<readonly SchemePoint[]>;
}

/** What it was given decides what comes back. */
async function inThread(task: SimulationTask, signal: AbortSignal): Promise<unknown> {
  const worker = new Worker(new URL('./simulation.ts', import.meta.url), { workerData: task });
  try {
    const [result] = await once(worker, 'message', { signal });
    return result;
  } finally {
    await worker.terminate();
  }
}
