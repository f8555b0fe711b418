import { z } from 'zod';
import { jsonOf } from '../../_server/change.ts';
import { isSameOrigin, refuse } from '../../_server/guard.ts';
import {
  isOpen,
  roleOfToken,
  SESSION_COOKIE,
  SESSION_SECONDS,
  type Session,
  sealSession,
  sessionOf,
} from '../../_server/session.ts';
import { door, noteSignIn } from '../../_server/sign-in.ts';

const signIn = z.object({
  token: z.string().min(1).max(500),
  /** For the record; as the balancer takes names of actors. */
  name: z
    .string()
    .trim()
    .regex(/^[\w .@:-]{0,40}$/)
    .default(''),
});
const COOKIE = `${SESSION_COOKIE}=`;
const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Strict';

function secure(request: Request): string {
  const scheme = request.headers.get('x-forwarded-proto') ?? new URL(request.url).protocol;
  return scheme.startsWith('https') ? '; Secure' : '';
}

/** Signs in with a token: the answer sets the session's cookie. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return refuse(403, 'cross-site', 'Signing in works from the panel’s own page only.');
  const now = Date.now();
  if (door.isShut(now)) return refuse(429, 'too-often', 'Too many wrong tokens; try again in a minute.');
  const body = signIn.safeParse(await jsonOf(request));
  if (!body.success) return refuse(400, 'bad-request', 'A name has letters, digits, spaces and . @ : - _, 40 at most.');
  const role = roleOfToken(body.data.token);
  if (role === null) {
    door.failed(now);
    await noteSignIn('failed', null);
    return refuse(401, 'unauthorized', 'This token is not known.');
  }
  const session: Session = { role, name: body.data.name === '' ? null : body.data.name };
  await noteSignIn('signed-in', session);
  const value = sealSession(session, now);
  const cookie = `${COOKIE}${value}; Max-Age=${SESSION_SECONDS}; ${ATTRIBUTES}${secure(request)}`;
  return Response.json({ role }, { headers: { 'set-cookie': cookie, 'cache-control': 'no-store' } });
}

/** Signs out. */
export async function DELETE(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return refuse(403, 'cross-site', 'Signing out works from the panel’s own page only.');
  const session = sessionOf(request);
  if (session !== null && !isOpen()) await noteSignIn('signed-out', session);
  const cookie = `${COOKIE}; Max-Age=0; ${ATTRIBUTES}${secure(request)}`;
  return new Response(null, { status: 204, headers: { 'set-cookie': cookie } });
}
