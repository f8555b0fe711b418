import { keySource } from '../../../lib/lab/key-source.ts';
import type { LoadSpec } from '../../../lib/lab/load.ts';

/** Methods whose requests say that they have no body when they have none (RFC 9110, 8.6). */
const EXPECT_BODY = new Set<LoadSpec['method']>(['POST', 'PUT', 'PATCH']);

/**
 * Makes each request as it goes over the wire, a character a byte, with its next key where the load says. Without keys
 * every request is alike.
 */
export function requestSource(spec: LoadSpec, host: string): () => string {
  const { path, keys, keyPlace, seed, method } = spec;
  const head = `${method} `;
  const rest = ` HTTP/1.1\r\nHost: ${host}\r\n${fieldLines(spec)}`;
  const end = bodyText(spec);
  const plain = head + path + rest + end;
  if (keys.kind === 'none') return () => plain;
  const next = keySource(keys, seed);
  if (keyPlace.kind === 'header') {
    const upToKey = `${head}${path}${rest}${keyPlace.name}: `;
    return () => `${upToKey}${next()}\r\n${end}`;
  }
  const upToKey = head + path + joint(path, keyPlace);
  return () => upToKey + next() + rest + end;
}

/** What stands between a path and its key. */
function joint(
  path: string,
  place: { readonly kind: 'path' } | { readonly kind: 'query'; readonly name: string },
): string {
  if (place.kind === 'path') return path.endsWith('/') ? '' : '/';
  return `${path.includes('?') ? '&' : '?'}${place.name}=`;
}

function fieldLines({ headers }: LoadSpec): string {
  const given = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const isNamed = Object.keys(headers).some((name) => name.toLowerCase() === 'user-agent');
  return (isNamed ? '' : 'User-Agent: ringmaster-load\r\n') + given.join('');
}

function bodyText({ body, method }: LoadSpec): string {
  if (body === null) return EXPECT_BODY.has(method) ? 'Content-Length: 0\r\n\r\n' : '\r\n';
  const bytes = Buffer.from(body, 'utf8');
  return `Content-Length: ${bytes.length}\r\n\r\n${bytes.toString('latin1')}`;
}
