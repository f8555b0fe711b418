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

/** Who is signed in: a role, and the name they gave for the record. */
export interface Session {
  readonly role: Role;
  /** Null when none was given. */
  readonly name: string | null;
}

/** A signed cookie value: role, name, expiry (seconds since the epoch), signature. */
export function sealSession({ role, name }: Session, nowMs: number): string {
  const shown = Buffer.from(name ?? '').toString('base64url');
  const content = `${role}.${shown}.${Math.floor(nowMs / 1000) + SESSION_SECONDS}`;
  return `${content}.${sign(content)}`;
}

/** Whom a cookie value stands for; null when it is forged or has run out. */
export function openSession(value: string | undefined, nowMs: number): Session | null {
  if (isOpen()) return { role: 'operator', name: null };
  const [role, shown = '', expires, signature] = (value ?? '').split('.');
  if (signature === undefined || !isEqual(signature, sign(`${role}.${shown}.${expires}`))) return null;
  if (Number(expires) * 1000 < nowMs || (role !== 'operator' && role !== 'viewer')) return null;
  return { role, name: Buffer.from(shown, 'base64url').toString() || null };
}

export function sessionOf(request: Request): Session | null {
  const cookies = request.headers.get('cookie') ?? '';
  const found = cookies.split(/; */).find((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`));
  return openSession(found?.slice(SESSION_COOKIE.length + 1), Date.now());
}

/** Who the balancer's events name as the cause of a change. */
export function actorOf({ role, name }: Session): string {
  return name ?? `${role} at the panel`;
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
