import { createRoute, z } from '@hono/zod-openapi';
import type { Result } from '../../../lib/api/errors.ts';
import { type ExperimentRequest, experimentRequest } from '../../../lib/lab/experiment.ts';
import { loadSpec } from '../../../lib/lab/load.ts';
import { run, runHead, runsPage } from '../../../lib/lab/run.ts';
import type { Laboratory } from '../../core/lab.ts';
import type { App } from '../app.ts';
import { documented, jsonAnswer, jsonBody, REFUSED } from '../documented.ts';
import { failureResponse } from '../failure.ts';
import { addExportRoutes } from './export-routes.ts';
import { runEvents } from './run-events.ts';

const tags = ['experiments'];
const params = z.object({ id: z.string() });

const startExperiment = createRoute({
  method: 'post',
  path: '/_ring/v1/experiments',
  tags,
  summary: 'Start an experiment, the kill demo or a load; what was left out takes its default',
  request: jsonBody(experimentRequest),
  responses: documented({ 202: jsonAnswer(runHead, 'It runs'), '4XX': REFUSED }),
});

const startLoad = createRoute({
  method: 'post',
  path: '/_ring/v1/load',
  tags,
  summary: 'Start a load; it ends by itself',
  request: jsonBody(loadSpec),
  responses: documented({ 202: jsonAnswer(runHead, 'It runs'), '4XX': REFUSED }),
});

const listRuns = createRoute({
  method: 'get',
  path: '/_ring/v1/runs',
  tags,
  summary: 'Runs, newest first; at most one of them is still running',
  responses: documented({ 200: jsonAnswer(runsPage, 'Runs') }),
});

const readRun = createRoute({
  method: 'get',
  path: '/_ring/v1/runs/{id}',
  tags,
  summary: 'A run with its parameters and its result',
  request: { params },
  responses: documented({ 200: jsonAnswer(run, 'The run'), '4XX': REFUSED }),
});

const watchRun = createRoute({
  method: 'get',
  path: '/_ring/v1/runs/{id}/events',
  tags,
  summary: 'How a run goes, as server-sent events: `progress`, then `finished`',
  request: { params },
  responses: documented({ 200: { description: 'text/event-stream' }, '4XX': REFUSED }),
});

const cancelRun = createRoute({
  method: 'post',
  path: '/_ring/v1/runs/{id}/cancel',
  tags,
  summary: 'End a run early; answered when it has ended and the fleet is as it was',
  request: { params },
  responses: documented({ 200: jsonAnswer(runHead, 'The run'), '4XX': REFUSED }),
});

const removeRun = createRoute({
  method: 'delete',
  path: '/_ring/v1/runs/{id}',
  tags,
  summary: 'Forget a run that is over',
  request: { params },
  responses: documented({ 200: jsonAnswer(params, 'Forgotten'), '4XX': REFUSED }),
});

/** `/_ring/v1/experiments`, `/_ring/v1/load` and `/_ring/v1/runs`: start, watch, read, cancel, forget, take home. */
export function addLabRoutes(app: App, laboratory: Laboratory): void {
  const begin = (request: ExperimentRequest, path: string): Response =>
    answer(laboratory.start(request), path, (head) => Response.json(head, { status: 202 }));
  app.openapi(startExperiment, (c) => begin(c.req.valid('json'), c.req.path));
  app.openapi(startLoad, (c) => begin({ kind: 'load', load: c.req.valid('json') }, c.req.path));
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
  app.openapi(cancelRun, async (c) =>
    answer(await laboratory.cancel(c.req.valid('param').id), c.req.path, (head) => Response.json(head)),
  );
  app.openapi(removeRun, async (c) => {
    const { id } = c.req.valid('param');
    return answer(await laboratory.remove(id), c.req.path, () => Response.json({ id }));
  });
  addExportRoutes(app, laboratory);
}

function answer<T>(result: Result<T>, path: string, respond: (value: T) => Response): Response {
  return result.ok ? respond(result.value) : failureResponse(result.refusal, path);
}

function noRun(path: string): Response {
  return failureResponse({ code: 'not-found', message: 'There is no such run here' }, path);
}
