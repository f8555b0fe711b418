import type { Refusal } from '../../lib/api/errors.ts';

/** Who may call the admin API and the contract's paths. */
export interface AccessPolicy {
  /** `closed`: it listens beyond loopback, and no token was set: changing calls are off. */
  readonly changes:
    | { readonly kind: 'open' }
    | { readonly kind: 'token'; readonly token: string }
    | { readonly kind: 'closed' };
  /** `token`: what is under `/_ring/`, its health checks aside, is told to holders of this or the changing token only. */
  readonly reading: { readonly kind: 'open' } | { readonly kind: 'token'; readonly token: string };
  /** Host names answered for beside loopback names, IP literals and single-label names; lower case. */
  readonly allowedHosts: readonly string[];
}

export interface CallFacts {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  readonly authorization: string | undefined;
}

export type SameSecret = (given: string, expected: string) => boolean;

/** Answered to whoever runs health checks. */
const PUBLIC = new Set(['/_ring/healthz', '/_ring/readyz']);

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The name of a Host header, without port and brackets; null when it is none. */
function hostName(host: string): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9_.-]+))(?::\d{1,5})?$/i.exec(host);
  return (match?.[1] ?? match?.[2] ?? null)?.toLowerCase() ?? null;
}

/**
 * DNS rebinding needs a name that an attacker's DNS answers for, so what no public DNS answers for is safe: localhost,
 * IP literals and single-label names (container and compose service names).
 */
export function isKnownHost(host: string, allowed: readonly string[]): boolean {
  const name = hostName(host)?.replace(/\.$/, '');
  if (name === undefined) return false;
  const isAddress = name.includes(':') || /^\d{1,3}(\.\d{1,3}){3}$/.test(name);
  return isAddress || !name.includes('.') || name.endsWith('.localhost') || allowed.includes(name);
}

function isCrossSite({ origin, fetchSite, host }: CallFacts): boolean {
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') return true;
  if (origin === undefined) return false;
  const match = /^https?:\/\/(.+)$/i.exec(origin);
  return match?.[1]?.toLowerCase() !== host?.toLowerCase();
}

function bearerToken(authorization: string | undefined): string | null {
  return /^Bearer +([\x21-\x7e]+)$/i.exec(authorization ?? '')?.[1] ?? null;
}

/** Why a call is refused before anybody looks at what it asks for; null when it may pass. */
export function refuseCall(call: CallFacts, policy: AccessPolicy, sameSecret: SameSecret): Refusal | null {
  if (call.host === undefined || !isKnownHost(call.host, policy.allowedHosts)) {
    return { code: 'unknown-host', message: 'This host name is not known here; the flag --allowed-hosts adds names' };
  }
  if (isCrossSite(call)) return { code: 'cross-site', message: 'Calls from pages of other sites are refused' };
  if (READING.has(call.method)) return refuseReading(call, policy, sameSecret);
  return refuseChange(call, policy, sameSecret);
}

function refuseReading(call: CallFacts, { reading, changes }: AccessPolicy, sameSecret: SameSecret): Refusal | null {
  if (reading.kind === 'open' || !call.path.startsWith('/_ring/') || PUBLIC.has(call.path)) return null;
  const token = bearerToken(call.authorization);
  const isKnown = (known: string): boolean => token !== null && sameSecret(token, known);
  if (isKnown(reading.token) || (changes.kind === 'token' && isKnown(changes.token))) return null;
  const message = token === null ? 'A bearer token is needed to look' : 'The bearer token is wrong';
  return { code: 'unauthorized', message };
}

function refuseChange(call: CallFacts, { reading, changes }: AccessPolicy, sameSecret: SameSecret): Refusal | null {
  if (changes.kind === 'open') return null;
  if (changes.kind === 'closed') {
    const message = 'Changes are off: this balancer listens beyond loopback without --admin-token or --admin-open';
    return { code: 'unauthorized', message };
  }
  const token = bearerToken(call.authorization);
  if (token !== null && sameSecret(token, changes.token)) return null;
  if (token !== null && reading.kind === 'token' && sameSecret(token, reading.token)) {
    return { code: 'read-only', message: 'This token may look, but not change anything' };
  }
  const message = token === null ? 'A bearer token is needed for changes' : 'The bearer token is wrong';
  return { code: 'unauthorized', message };
}
