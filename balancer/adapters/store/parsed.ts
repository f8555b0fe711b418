import type { z } from 'zod';

/** What a row keeps as JSON; none where it is not what it should be. Throws where it is no JSON. */
export function parsed<T>(schema: z.ZodType<T>, text: unknown): T[] {
  const found = schema.safeParse(JSON.parse(String(text)));
  return found.success ? [found.data] : [];
}
