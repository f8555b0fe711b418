import { trimmed } from './field-value.ts';

/**
 * Fields that belong to one connection and go no further (RFC 9110, 7.6.1). Names are lower-case everywhere here.
 */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Naming one of these in Connection must not take from a replica what it relies on to know who is asking for what. */
const PROTECTED = new Set(['authorization', 'content-length', 'cookie', 'forwarded', 'host']);

export function isHopByHop(name: string): boolean {
  return HOP_BY_HOP.has(name);
}

function isProtected(name: string): boolean {
  return PROTECTED.has(name) || name.startsWith('x-forwarded-');
}

const NONE: ReadonlySet<string> = new Set();
/** Options of Connection that are no field names. */
const CONNECTION_OPTIONS = new Set(['', 'close', 'keep-alive', 'upgrade', 'te']);

/** The further fields that a Connection field's value makes hop-by-hop. */
export function namedInConnection(value: string): ReadonlySet<string> {
  const names = value
    .toLowerCase()
    .split(',')
    .map(trimmed)
    .filter((name) => !CONNECTION_OPTIONS.has(name) && !isProtected(name));
  return names.length === 0 ? NONE : new Set(names);
}

/** Does a list-valued field (Connection, TE) contain the token, whatever its case? */
export function hasToken(value: string, token: string): boolean {
  return value
    .toLowerCase()
    .split(',')
    .some((part) => trimmed(part) === token);
}
