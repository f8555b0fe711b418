import { z } from 'zod';
import { jsonOf } from '../../_server/change.ts';
import { isSameOrigin, refuse } from '../../_server/guard.ts';
import { roleOfToken, SESSION_COOKIE, SESSION_SECONDS, sealSession } from '../../_server/session.ts';

const signIn = z.object({ token: z.string().min(1).max(500) });
const COOKIE = `${SESSION_COOKIE}=`;
const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Strict';

function secure(request: Request): string {
  const scheme = request.headers.get('x-forwarded-proto') ?? new URL(request.url).protocol;
  return scheme.startsWith('https') ? '; Secure' : '';
}

/** Signs in with a token: the answer sets the session's cookie. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return refuse(403, 'cross-site', 'Signing in works from the panel’s own page only.');
  const body = signIn.safeParse(await jsonOf(request));
  const role = body.success ? roleOfToken(body.data.token) : null;
  if (role === null) return refuse(401, 'unauthorized', 'This token is not known.');
  const cookie = `${COOKIE}${sealSession(role, Date.now())}; Max-Age=${SESSION_SECONDS}; ${ATTRIBUTES}${secure(request)}`;
  return Response.json({ role }, { headers: { 'set-cookie': cookie, 'cache-control': 'no-store' } });
}

/** Signs out. */
export async function DELETE(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return refuse(403, 'cross-site', 'Signing out works from the panel’s own page only.');
  const cookie = `${COOKIE}; Max-Age=0; ${ATTRIBUTES}${secure(request)}`;
  return new Response(null, { status: 204, headers: { 'set-cookie': cookie } });
}
