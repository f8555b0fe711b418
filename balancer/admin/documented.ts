import { createRoute, type RouteConfig, type z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { failure } from '../../lib/api/contract.ts';
import type { Result } from '../../lib/api/errors.ts';
import { failureResponse } from './failure.ts';

/** A JSON answer in the OpenAPI document. */
export function jsonAnswer<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** Every refusal has this shape, whatever its status. */
export const REFUSED = jsonAnswer(failure, 'Refused: `message` says why; under `/_ring/` also `code`');

/** A body that has to be there, in the OpenAPI document and checked against it. */
export function jsonBody<T extends z.ZodType>(schema: T) {
  return { body: { required: true, content: { 'application/json': { schema } } } };
}

/** What was asked for, or why there is none. */
export function answerOf<T>(c: Context, result: Result<T>, status = 200): Response {
  return result.ok ? Response.json(result.value, { status }) : failureResponse(result.refusal, c.req.path);
}

interface Description<Q> {
  readonly tag: string;
  readonly summary: string;
  readonly request?: Q;
  /** Of a call that goes well. */
  readonly answers: RouteConfig['responses'];
}

type RequestOf = NonNullable<RouteConfig['request']>;

/** A call of the admin API as the OpenAPI document has it; all of them may be refused in the same way. */
export function documentedRoute<M extends RouteConfig['method'], P extends string, Q extends RequestOf>(
  method: M,
  path: P,
  { tag, summary, request, answers }: Description<Q>,
) {
  // Typed as any answers: that they are as said is for the tests, since refusals are made elsewhere.
  const responses: RouteConfig['responses'] = { ...answers, '4XX': REFUSED };
  // Without a request there is nothing to check: an empty description says the same.
  return createRoute({ method, path, tags: [tag], summary, request: request ?? ({} as Q), responses });
}
