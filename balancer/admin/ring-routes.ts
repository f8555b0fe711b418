import { z } from '@hono/zod-openapi';
import { keyInspection, preview, previewQuery, slotInspection } from '../../lib/api/admin.ts';
import { SLOT_COUNT } from '../../lib/ring/types.ts';
import type { ControlPlane } from '../core/control-plane.ts';
import type { App } from './app.ts';
import { documentedRoute, jsonAnswer, REFUSED } from './documented.ts';
import { failureResponse } from './failure.ts';

const tag = 'ring';
const MAX_KEY_LENGTH = 4096;

const keyRoute = documentedRoute('get', '/_ring/v1/keys', {
  tag,
  summary: 'Where a routing key goes: hash, slot, virtual node, owner, understudies',
  request: { query: z.object({ key: z.string().max(MAX_KEY_LENGTH) }) },
  answers: { 200: jsonAnswer(keyInspection, 'The way of the key') },
});

const slotRoute = documentedRoute('get', '/_ring/v1/slots/{slot}', {
  tag,
  summary: 'Everything there is to know about a slot',
  request: {
    params: z.object({
      slot: z.coerce
        .number()
        .int()
        .min(0)
        .max(SLOT_COUNT - 1),
    }),
  },
  answers: { 200: jsonAnswer(slotInspection, 'The slot') },
});

/** What-if, and where things are. */
export function addRingRoutes(app: App, control: ControlPlane): void {
  app.openapi(keyRoute, (c) => c.json(control.inspectKey(c.req.valid('query').key), 200));
  app.openapi(slotRoute, (c) => c.json(control.inspectSlot(c.req.valid('param').slot), 200));
  app.get('/_ring/v1/preview', (c) => {
    const parsed = previewQuery.safeParse({ ...c.req.query(), name: c.req.queries('name') ?? [] });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const message = `${issue?.path.join('.') ?? 'query'}: ${issue?.message ?? 'is not valid'}`;
      return failureResponse({ code: 'bad-request', message }, c.req.path);
    }
    const result = control.preview(parsed.data);
    return result.ok ? c.json(result.value) : failureResponse(result.refusal, c.req.path);
  });
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/_ring/v1/preview',
    tags: [tag],
    summary: 'Which slots would move, from whom to whom, against the minimum',
    request: { query: previewQuery },
    responses: { 200: jsonAnswer(preview, 'What would happen'), '4XX': REFUSED },
  });
}
