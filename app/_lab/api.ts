import { z } from 'zod';
import type { ExperimentRequest } from '#lib/lab/experiment.ts';
import { type Run, type RunHead, run, runHead, runsPage } from '#lib/lab/run.ts';
import { type Schedule, type ScheduleRequest, schedule, schedulesPage } from '#lib/lab/schedule.ts';
import { callPanel } from '../_changes/api.ts';

const removed = z.object({ id: z.string() });

function posted(body: unknown): RequestInit {
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

export function startRun(request: ExperimentRequest): Promise<RunHead> {
  return callPanel('/api/experiments', runHead, posted(request));
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
  await callPanel(`/api/runs/${id}`, removed, { method: 'DELETE' });
}

export async function listSchedules(signal: AbortSignal): Promise<readonly Schedule[]> {
  return (await callPanel('/api/schedules', schedulesPage, { signal })).schedules;
}

export function addSchedule(request: ScheduleRequest): Promise<Schedule> {
  return callPanel('/api/schedules', schedule, posted(request));
}

export async function removeSchedule(id: string): Promise<void> {
  await callPanel(`/api/schedules/${id}`, removed, { method: 'DELETE' });
}
