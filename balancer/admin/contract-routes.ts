import type { Context } from 'hono';
import type { ChangeResult } from '../../lib/api/admin.ts';
import { type ChangeRequest, changeRequest, replicaList } from '../../lib/api/contract.ts';
import type { Result } from '../../lib/api/errors.ts';
import type { ControlPlane } from '../core/control-plane.ts';
import { actorOf } from './actor.ts';
import type { App } from './app.ts';
import { parseChange } from './change-body.ts';
import { jsonAnswer, REFUSED } from './documented.ts';
import { failureResponse } from './failure.ts';

type Change = (request: ChangeRequest, actor: string) => Promise<Result<ChangeResult>>;

/** Reads a change, carries it out, and answers with what `answer` makes of it. */
export async function carryOut(
  c: Context,
  kind: 'added' | 'removed',
  change: Change,
  answer: (result: ChangeResult) => Response,
): Promise<Response> {
  const request = parseChange(await c.req.text(), kind);
  if (!request.ok) return failureResponse(request.refusal, c.req.path);
  const result = await change(request.value, actorOf(c));
  return result.ok ? answer(result.value) : failureResponse(result.refusal, c.req.path);
}

const BODY = { body: { content: { 'application/json': { schema: changeRequest } } } };

/** `/rep`, `/add`, `/rm`: the assignment's contract, word for word. */
export function addContractRoutes(app: App, control: ControlPlane): void {
  const list = (): Response => Response.json(control.list(), { headers: { 'cache-control': 'no-store' } });
  app.get('/rep', list);
  app.post('/add', (c) => carryOut(c, 'added', (request, actor) => control.add(request, actor), list));
  app.delete('/rm', (c) => carryOut(c, 'removed', (request, actor) => control.remove(request, actor), list));
  const registry = app.openAPIRegistry;
  const tags = ['contract'];
  const ok = { 200: jsonAnswer(replicaList, 'The replicas that serve'), '4XX': REFUSED, 503: REFUSED };
  registry.registerPath({ method: 'get', path: '/rep', tags, summary: 'List replicas', responses: ok });
  registry.registerPath({
    method: 'post',
    path: '/add',
    tags,
    summary: 'Add replicas; answers once they serve',
    request: BODY,
    responses: ok,
  });
  registry.registerPath({
    method: 'delete',
    path: '/rm',
    tags,
    summary: 'Remove replicas; answers once they get no new requests',
    request: BODY,
    responses: ok,
  });
}
