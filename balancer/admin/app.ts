import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { ControlPlane } from '../core/control-plane.ts';
import type { Laboratory } from '../core/lab.ts';
import { type Log, messageOf } from '../core/log.ts';
import { addAlertRoutes } from './alert-routes.ts';
import { addAuditRoutes } from './audit-routes.ts';
import { addContractRoutes } from './contract-routes.ts';
import { failureResponse } from './failure.ts';
import { addHealthRoutes } from './health-routes.ts';
import { addHistoryRoutes } from './history-routes.ts';
import { addLabRoutes } from './lab/lab-routes.ts';
import { allowedMethods } from './methods.ts';
import { addReplicaRoutes } from './replica-routes.ts';
import { addRingRoutes } from './ring-routes.ts';
import { addWebhookRoutes } from './webhook-routes.ts';

/** Far above the largest change, 56 names of 63 characters. */
const MAX_BODY_BYTES = 64 * 1024;

export interface AppParts {
  readonly control: ControlPlane;
  /** Without one there are no experiments. */
  readonly laboratory?: Laboratory;
  readonly version: string;
  readonly log: Log;
  /** Aborts when answers that never end by themselves have to. */
  readonly ending: AbortSignal;
}

export type App = OpenAPIHono;

/** The contract and the admin API, without the event stream and without the checks of who may call. */
export function createApp({ control, laboratory, version, log, ending }: AppParts): App {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const [issue] = result.error.issues;
      const where = issue?.path.join('.') ?? '';
      const message = `${where === '' ? 'The request' : where} is not valid: ${issue?.message ?? 'unknown'}`;
      return failureResponse({ code: 'bad-request', message }, c.req.path);
    },
  });
  const tooLarge = { code: 'body-too-large' as const, message: `A body may have ${MAX_BODY_BYTES} bytes at most` };
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => failureResponse(tooLarge, c.req.path) }));
  addContractRoutes(app, control);
  addReplicaRoutes(app, control, ending);
  addRingRoutes(app, control);
  addHistoryRoutes(app, control);
  addHealthRoutes(app, control);
  addAlertRoutes(app, control.alerts);
  addWebhookRoutes(app, control.alerts);
  if (laboratory) addLabRoutes(app, laboratory, (deed) => control.note(deed));
  addAuditRoutes(app, control);
  app.doc31('/_ring/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Ringmaster',
      version,
      description:
        'The contract (/rep, /add, /rm) and the admin API under /_ring/. Changing calls may need a bearer token.',
    },
  });
  app.notFound((c) => {
    const allow = allowedMethods(app, c.req.path);
    if (allow.length === 0) return failureResponse({ code: 'not-found', message: 'There is nothing here' }, c.req.path);
    const message = `Method ${c.req.method} is not allowed here`;
    return failureResponse({ code: 'method-not-allowed', message }, c.req.path, { allow: allow.join(', ') });
  });
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status === 400) {
      return failureResponse({ code: 'bad-request', message: `The body is not valid: ${error.message}` }, c.req.path);
    }
    log.error({ path: c.req.path, error: messageOf(error), stack: error.stack }, 'an admin call failed');
    return failureResponse({ code: 'internal', message: 'Something went wrong here; the log says what' }, c.req.path);
  });
  return app;
}
