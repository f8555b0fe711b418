import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  actionResult,
  changeResult,
  logsQuery,
  previousLogAnswer,
  replicaAction,
  replicasPage,
} from '../../lib/api/admin.ts';
import { changeRequest } from '../../lib/api/contract.ts';
import type { ControlPlane } from '../core/control-plane.ts';
import type { LogLine } from '../core/ports.ts';
import { actorOf } from './actor.ts';
import type { App } from './app.ts';
import { carryOut } from './contract-routes.ts';
import { jsonAnswer, REFUSED } from './documented.ts';
import { failureResponse } from './failure.ts';

const tags = ['replicas'];

const logsRoute = createRoute({
  method: 'get',
  path: '/_ring/v1/replicas/{name}/logs',
  tags,
  summary: 'Log lines, one JSON object a line; `follow=1` goes on with new ones',
  request: { params: z.object({ name: z.string() }), query: logsQuery },
  responses: { 200: { description: 'application/x-ndjson' }, '4XX': REFUSED },
});

/** One JSON object a line; ends, for the client to see, when the source does. */
function linesOf(lines: AsyncIterable<LogLine>, stop: AbortController): ReadableStream<Uint8Array> {
  const iterator = lines[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next().catch(() => ({ done: true as const, value: undefined }));
      if (next.done === true) {
        controller.close();
        stop.abort();
      } else controller.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`));
    },
    cancel: () => stop.abort(),
  });
}

function addPreviousLog(app: App, control: ControlPlane): void {
  app.get('/_ring/v1/replicas/:name/previous-log', async (c) => {
    const previous = await control.previousLog(c.req.param('name'));
    if (!previous.ok) return failureResponse(previous.refusal, c.req.path);
    return Response.json({ previous: previous.value });
  });
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/_ring/v1/replicas/{name}/previous-log',
    tags,
    summary: 'The last lines of the instance before, and why it ended',
    request: { params: z.object({ name: z.string() }) },
    responses: { 200: jsonAnswer(previousLogAnswer, 'Null when none of its instances has ended'), '4XX': REFUSED },
  });
}

function addLogs(app: App, control: ControlPlane, ending: AbortSignal): void {
  app.openapi(logsRoute, (c) => {
    const { name } = c.req.valid('param');
    const { tail, follow } = c.req.valid('query');
    const stop = new AbortController();
    const end = (): void => stop.abort();
    for (const signal of [c.req.raw.signal, ending])
      signal.addEventListener('abort', end, { once: true, signal: stop.signal });
    const query = { tail, follow: follow === '1' || follow === 'true' };
    const lines = control.logs(name, query, stop.signal);
    if (!lines.ok) return failureResponse(lines.refusal, c.req.path);
    const headers = { 'content-type': 'application/x-ndjson', 'cache-control': 'no-cache, no-transform' };
    return new Response(linesOf(lines.value, stop), { headers });
  });
}

async function act(c: Context, control: ControlPlane): Promise<Response> {
  const action = replicaAction.safeParse(c.req.param('action'));
  if (!action.success) {
    const message = `Actions are ${replicaAction.options.join(', ')}`;
    return failureResponse({ code: 'not-found', message }, c.req.path);
  }
  const done = await control.act(c.req.param('name') ?? '', action.data, actorOf(c));
  return done.ok ? Response.json({ replica: done.value }) : failureResponse(done.refusal, c.req.path);
}

/** `/_ring/v1/replicas`: list, add, remove, act on one, read its logs. */
export function addReplicaRoutes(app: App, control: ControlPlane, ending: AbortSignal): void {
  app.get('/_ring/v1/replicas', () => Response.json({ replicas: control.replicas() }));
  app.post('/_ring/v1/replicas', (c) => carryOut(c, 'added', (r, actor) => control.add(r, actor), Response.json));
  app.delete('/_ring/v1/replicas', (c) =>
    carryOut(c, 'removed', (r, actor) => control.remove(r, actor), Response.json),
  );
  app.post('/_ring/v1/replicas/:name/:action', (c) => act(c, control));
  addLogs(app, control, ending);
  addPreviousLog(app, control);
  const body = { body: { content: { 'application/json': { schema: changeRequest } } } };
  const changed = { 200: jsonAnswer(changeResult, 'The replicas concerned'), '4XX': REFUSED, 503: REFUSED };
  const path = '/_ring/v1/replicas';
  const registry = app.openAPIRegistry;
  const listed = { 200: jsonAnswer(replicasPage, 'Every replica, those that come and go included') };
  registry.registerPath({ method: 'get', path, tags, summary: 'List replicas', responses: listed });
  registry.registerPath({ method: 'post', path, tags, summary: 'Add replicas', request: body, responses: changed });
  registry.registerPath({
    method: 'delete',
    path,
    tags,
    summary: 'Remove replicas',
    request: body,
    responses: changed,
  });
  registry.registerPath({
    method: 'post',
    path: '/_ring/v1/replicas/{name}/{action}',
    tags,
    summary: 'Act on a replica',
    request: { params: z.object({ name: z.string(), action: replicaAction }) },
    responses: { 200: jsonAnswer(actionResult, 'The replica, right after'), '4XX': REFUSED, 503: REFUSED },
  });
}
