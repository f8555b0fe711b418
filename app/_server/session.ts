import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';

/** An operator may change things, a viewer may look. */
export type Role = 'operator' | 'viewer';

export const SESSION_COOKIE = 'ringmaster_session';
export const SESSION_SECONDS = 12 * 60 * 60;

interface Tokens {
  readonly operator: string | null;
  readonly viewer: string | null;
}

function tokens(): Tokens {
  return {
    operator: process.env['RINGMASTER_PANEL_OPERATOR_TOKEN'] || null,
    viewer: process.env['RINGMASTER_PANEL_VIEWER_TOKEN'] || null,
  };
}

/** Without any token the panel is open: it listens on loopback unless told otherwise. */
export function isOpen(): boolean {
  const { operator, viewer } = tokens();
  return operator === null && viewer === null;
}

/** The role a token signs in as; null when it is neither. */
export function roleOfToken(token: string): Role | null {
  const { operator, viewer } = tokens();
  if (operator !== null && isEqual(token, operator)) return 'operator';
  if (viewer !== null && isEqual(token, viewer)) return 'viewer';
  return null;
}

/** A signed cookie value: role, expiry (seconds since the epoch), signature. */
export function sealSession(role: Role, nowMs: number): string {
  const content = `${role}.${Math.floor(nowMs / 1000) + SESSION_SECONDS}`;
  return `${content}.${sign(content)}`;
}

/** The role a cookie value stands for; null when it is forged or has run out. */
export function openSession(value: string | undefined, nowMs: number): Role | null {
  if (isOpen()) return 'operator';
  const [role, expires, signature] = (value ?? '').split('.');
  if (signature === undefined || !isEqual(signature, sign(`${role}.${expires}`))) return null;
  if (Number(expires) * 1000 < nowMs) return null;
  return role === 'operator' || role === 'viewer' ? role : null;
}

export async function roleOf(request: Request): Promise<Role | null> {
  const cookies = request.headers.get('cookie') ?? '';
  const found = cookies.split(/; */).find((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`));
  return openSession(found?.slice(SESSION_COOKIE.length + 1), Date.now());
}

/** The tokens are the key: changing one ends every session. */
function sign(content: string): string {
  const { operator, viewer } = tokens();
  return createHmac('sha256', JSON.stringify([operator, viewer]))
    .update(content)
    .digest('base64url');
}

/** Compares digests, so that neither length nor content shows in the time it takes. */
function isEqual(left: string, right: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
