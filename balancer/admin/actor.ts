import type { Context } from 'hono';

/** Who an event names as its cause: what the caller says of itself, for the record only. */
export function actorOf(c: Context): string {
  const given = c.req.header('x-ringmaster-actor') ?? '';
  return /^[\w .@:-]{1,64}$/.test(given) ? given : 'operator';
}
