import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { accepted, type Result } from '../../../lib/api/errors.ts';
import { EXPERIMENT_TITLES, experimentRequest } from '../../../lib/lab/experiment.ts';
import { loadSpec } from '../../../lib/lab/load.ts';
import { type RunHead, run, runHead, runsPage } from '../../../lib/lab/run.ts';
import type { Deed } from '../../core/control-plane.ts';
import type { Laboratory } from '../../core/lab.ts';
import { actorOf } from '../actor.ts';
import type { App } from '../app.ts';
import { answerOf, documentedRoute, jsonAnswer, jsonBody } from '../documented.ts';
import { failureResponse } from '../failure.ts';
import { addExportRoutes } from './export-routes.ts';
import { runEvents } from './run-events.ts';
import { addScheduleRoutes } from './schedule-routes.ts';

const tag = 'experiments';
const params = z.object({ id: z.string() });

const startExperiment = documentedRoute('post', '/_ring/v1/experiments', {
  tag,
  summary: 'Start an experiment, the kill demo or a load; what was left out takes its default',
  request: jsonBody(experimentRequest),
  answers: { 202: jsonAnswer(runHead, 'It runs') },
});

const startLoad = documentedRoute('post', '/_ring/v1/load', {
  tag,
  summary: 'Start a load; it ends by itself',
  request: jsonBody(loadSpec),
  answers: { 202: jsonAnswer(runHead, 'It runs') },
});

const listRuns = documentedRoute('get', '/_ring/v1/runs', {
  tag,
  summary: 'Runs, newest first; at most one of them is still running',
  answers: { 200: jsonAnswer(runsPage, 'Runs') },
});

const readRun = documentedRoute('get', '/_ring/v1/runs/{id}', {
  tag,
  summary: 'A run with its parameters and its result',
  request: { params },
  answers: { 200: jsonAnswer(run, 'The run') },
});

const watchRun = documentedRoute('get', '/_ring/v1/runs/{id}/events', {
  tag,
  summary: 'How a run goes, as server-sent events: `progress`, then `finished`',
  request: { params },
  answers: { 200: { description: 'text/event-stream' } },
});

const cancelRun = documentedRoute('post', '/_ring/v1/runs/{id}/cancel', {
  tag,
  summary: 'End a run early; answered when it has ended and the fleet is as it was',
  request: { params },
  answers: { 200: jsonAnswer(runHead, 'The run') },
});

const removeRun = documentedRoute('delete', '/_ring/v1/runs/{id}', {
  tag,
  summary: 'Forget a run that is over',
  request: { params },
  answers: { 200: jsonAnswer(params, 'Forgotten') },
});

/** "A-1", "Kill demo": as people call it. */
function nameOf({ kind }: RunHead): string {
  return EXPERIMENT_TITLES[kind].replace(/:.*/, '');
}

/** `/_ring/v1/experiments`, `/_ring/v1/load` and `/_ring/v1/runs`: start, watch, read, cancel, forget, take home. */
export function addLabRoutes(app: App, laboratory: Laboratory, note: (deed: Deed) => void): void {
  const started = (c: Context, result: Result<RunHead>): Response => {
    if (result.ok) note(deedOf(c, 'run-started', `${nameOf(result.value)} started`));
    return answerOf(c, result, 202);
  };
  app.openapi(startExperiment, (c) => started(c, laboratory.start(c.req.valid('json'))));
  app.openapi(startLoad, (c) => started(c, laboratory.start({ kind: 'load', load: c.req.valid('json') })));
  app.openapi(listRuns, async () => Response.json({ runs: await laboratory.runs() }));
  app.openapi(readRun, async (c) => {
    const found = await laboratory.run(c.req.valid('param').id);
    return found ? Response.json(found) : noRun(c.req.path);
  });
  app.openapi(watchRun, (c) => {
    const stream = runEvents(laboratory, c.req.valid('param').id);
    if (!stream) return noRun(c.req.path);
    return new Response(stream, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      },
    });
  });
  app.openapi(cancelRun, async (c) => {
    const cancelled = await laboratory.cancel(c.req.valid('param').id);
    if (cancelled.ok) note(deedOf(c, 'run-cancelled', `${nameOf(cancelled.value)} cancelled`));
    return answerOf(c, cancelled);
  });
  app.openapi(removeRun, async (c) => {
    const { id } = c.req.valid('param');
    const removed = await laboratory.remove(id);
    if (removed.ok) note(deedOf(c, 'run-removed', `run ${id} forgotten`));
    return answerOf(c, removed.ok ? accepted({ id }) : removed);
  });
  addExportRoutes(app, laboratory);
  addScheduleRoutes(app, laboratory.schedules, note);
}

function deedOf(c: Context, kind: Deed['kind'], message: string): Deed {
  return { kind, message, actor: actorOf(c) };
}

function noRun(path: string): Response {
  return failureResponse({ code: 'not-found', message: 'There is no such run here' }, path);
}
