import type { ProxyErrorCode } from '../errors.ts';
import type { Proto } from '../forwarded.ts';
import { RequestHead } from '../request-head.ts';
import type { HeadLimits } from '../request-input.ts';
import { HTTP2_TAKES_NO } from './connection-fields.ts';

/** The section of a stream's request, read as strictly as one of HTTP/1. */
export interface StreamRequest {
  readonly head: RequestHead;
  /** Name, value, name, value…: Host first, without pseudo-header fields, cookies in one (RFC 9113, 8.2.3). */
  readonly fields: readonly string[];
}

const PSEUDO = new Set([':method', ':scheme', ':authority', ':path']);
const NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const LINE_BREAKERS = /[\r\n\0]/;
const BLANK_AT_AN_END = /^[\t ]|[\t ]$/;

/** A header section taken apart. */
interface Section {
  readonly pseudo: Map<string, string>;
  readonly fields: string[];
}

/** RFC 9113, 8.2 and 8.3: null for what a proxy has to treat as malformed. */
function takeApart(raw: readonly string[]): Section | null {
  const section: Section = { pseudo: new Map(), fields: [] };
  for (let i = 0; i + 1 < raw.length; i += 2) {
    if (!take(section, raw[i] ?? '', raw[i + 1] ?? '')) return null;
  }
  return section;
}

function take({ pseudo, fields }: Section, name: string, value: string): boolean {
  if (LINE_BREAKERS.test(value) || BLANK_AT_AN_END.test(value)) return false;
  if (name.startsWith(':')) {
    if (!PSEUDO.has(name) || pseudo.has(name) || fields.length > 0) return false;
    pseudo.set(name, value);
    return true;
  }
  if (!isField(name, value)) return false;
  const cookieAt = name === 'cookie' ? indexOf(fields, 'cookie') : -1;
  if (cookieAt >= 0) fields[cookieAt + 1] += `; ${value}`;
  else fields.push(name, value);
  return true;
}

function indexOf(fields: readonly string[], wanted: string): number {
  return fields.findIndex((name, i) => i % 2 === 0 && name === wanted);
}

function isField(name: string, value: string): boolean {
  if (!NAME.test(name) || HTTP2_TAKES_NO.has(name)) return false;
  return name !== 'te' || value.toLowerCase() === 'trailers';
}

/** Takes Host out of the fields. null: there are several, or it is not the authority's (RFC 9113, 8.3.1). */
function hostOf({ pseudo, fields }: Section): string | null {
  const at = indexOf(fields, 'host');
  const authority = pseudo.get(':authority');
  if (at < 0) return authority ?? null;
  const [, host = ''] = fields.splice(at, 2);
  return authority === undefined || authority.toLowerCase() === host.toLowerCase() ? host : null;
}

function isTarget(method: string, path: string, scheme: string): boolean {
  return /^https?$/i.test(scheme) && (path.startsWith('/') || (path === '*' && method === 'OPTIONS'));
}

function inWords(method: string, path: string, fields: readonly string[]): string {
  let text = `${method} ${path} HTTP/1.1\r\n`;
  for (let i = 0; i + 1 < fields.length; i += 2) text += `${fields[i]}: ${fields[i + 1]}\r\n`;
  return `${text}\r\n`;
}

/**
 * Reads the header section of a stream. It is put into the words of HTTP/1.1, in which the replica will get it, and the
 * strict reader of those judges it: there is one rule for what may pass, whatever the client speaks.
 */
export function readStreamRequest(
  raw: readonly string[],
  proto: Proto,
  limits: HeadLimits,
): StreamRequest | ProxyErrorCode {
  const section = takeApart(raw);
  if (section === null) return 'malformed';
  const [method = '', path = '', scheme = ''] = [':method', ':path', ':scheme'].map((name) => section.pseudo.get(name));
  if (method === 'CONNECT') return 'not-implemented';
  const host = hostOf(section);
  if (!host || !isTarget(method, path, scheme)) return 'malformed';
  if (path.length > limits.maxTargetBytes) return 'target-too-long';
  const fields = ['host', host, ...section.fields];
  const text = inWords(method, path, fields);
  if (text.length > limits.maxHeaderBytes) return 'header-too-large';
  const head = new RequestHead(proto);
  const wrong = head.read(text, text.length - 4, limits.maxHeaderCount, limits.maxTargetBytes);
  return wrong ?? { head, fields };
}
