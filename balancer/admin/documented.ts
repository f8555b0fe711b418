import type { z } from '@hono/zod-openapi';
import { failure } from '../../lib/api/contract.ts';

/** A JSON answer in the OpenAPI document. */
export function jsonAnswer<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** Every refusal has this shape, whatever its status. */
export const REFUSED = jsonAnswer(failure, 'Refused: `message` says why; under `/_ring/` also `code`');
