import { z } from 'zod';
import type { ExperimentRequest } from '#lib/lab/experiment.ts';
import { type Run, type RunHead, run, runHead, runsPage } from '#lib/lab/run.ts';
import { callPanel } from '../_changes/api.ts';

export function startRun(request: ExperimentRequest): Promise<RunHead> {
  const headers = { 'content-type': 'application/json' };
  return callPanel('/api/experiments', runHead, { method: 'POST', body: JSON.stringify(request), headers });
}

export async function listRuns(signal: AbortSignal): Promise<readonly RunHead[]> {
  return (await callPanel('/api/runs', runsPage, { signal })).runs;
}

export function readRun(id: string, signal: AbortSignal): Promise<Run> {
  return callPanel(`/api/runs/${id}`, run, { signal });
}

export function cancelRun(id: string): Promise<RunHead> {
  return callPanel(`/api/runs/${id}/cancel`, runHead, { method: 'POST' });
}

export async function removeRun(id: string): Promise<void> {
  await callPanel(`/api/runs/${id}`, z.object({ id: z.string() }), { method: 'DELETE' });
}
