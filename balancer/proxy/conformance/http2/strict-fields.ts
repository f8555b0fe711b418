import { isFieldText, isToken } from '../strict-bytes.ts';
import { isHost, type StrictRequest, sameHost } from '../strict-request.ts';
import type { Field } from './frames.ts';

/** The header section of a stream, as far as it can be judged alone. */
export interface StrictSection {
  readonly request: StrictRequest;
  /** Undefined where the client does not say. */
  readonly length: number | undefined;
}

/** RFC 9113, 8.2.2. */
const OF_CONNECTIONS = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']);
const PSEUDO = [':method', ':scheme', ':authority', ':path'];
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*$/;
/**
 * RFC 3986 leaves out a few of these, such as `|`, which browsers send; what ends a target, or a part of it that nobody
 * sends on, is none of them.
 */
const PATH = /^\/[!"$-~]*$/;
const LENGTH = /^[0-9]+$/;

const NOT_IN_A_HOST = /[^A-Za-z0-9\-._~!$&'()*+,;=%:[\]]/;

/**
 * Holds the field a byte that none may have, or Host one that no host has (RFC 9113, 8.2.1, RFC 9110, 5.5 and 7.2)?
 * Capitals are not meant: they are a fault of their own.
 */
export function isUnsayable([name, value]: Field): boolean {
  const plain = name.startsWith(':') ? name.slice(1) : name;
  if (name === 'host' && NOT_IN_A_HOST.test(value)) return true;
  return !isToken(plain) || !isFieldText(value, 'client') || /^[ \t]|[ \t]$/.test(value);
}

/** What is wrong with a field of a section or of trailers, wherever it stands. */
function faultOf(field: Field): string | undefined {
  const [name, value] = field;
  if (isUnsayable(field) || /[A-Z]/.test(name)) return `field ${JSON.stringify(field)}`;
  if (OF_CONNECTIONS.has(name)) return `${name} in HTTP/2`;
  return name === 'te' && value.toLowerCase() !== 'trailers' ? `TE ${value}` : undefined;
}

/** What is wrong with trailers; undefined where nothing is. */
export function trailerFault(fields: readonly Field[]): string | undefined {
  const pseudo = fields.find(([name]) => name.startsWith(':'));
  return pseudo === undefined ? fields.map(faultOf).find((fault) => fault !== undefined) : `${pseudo[0]} in trailers`;
}

/** Reads a header section by RFC 9113, 8.2 and 8.3; a text says why it is malformed. */
export function readSection(fields: readonly Field[]): StrictSection | string {
  const fault = fields.map(faultOf).find((one) => one !== undefined) ?? pseudoFault(fields);
  if (fault !== undefined) return fault;
  const [method = '', scheme = '', authority, path = ''] = PSEUDO.map((name) => valuesOf(fields, name)[0]);
  const host = hostOf(authority, valuesOf(fields, 'host'));
  if (host === undefined) return 'not one host';
  if (!isToken(method) || method === 'CONNECT' || !SCHEME.test(scheme)) return `method ${method}, scheme ${scheme}`;
  if (!PATH.test(path) && !(path === '*' && method === 'OPTIONS')) return `path ${JSON.stringify(path)}`;
  const lengths = valuesOf(fields, 'content-length');
  if (lengths.length > 1 || lengths.some((length) => !LENGTH.test(length))) return `Content-Length ${lengths}`;
  const request = { method, target: path, host, fields: plainFields(fields), body: '', trailers: [], closes: false };
  return { request: { ...request, version: '1.1' }, length: lengths[0] === undefined ? undefined : Number(lengths[0]) };
}

function valuesOf(fields: readonly Field[], wanted: string): string[] {
  return fields.filter(([name]) => name === wanted).map(([, value]) => value);
}

/** RFC 9113, 8.3: none unknown, none twice, none behind a field of another kind. */
function pseudoFault(fields: readonly Field[]): string | undefined {
  const names = fields.map(([name]) => name);
  const pseudo = names.filter((name) => name.startsWith(':'));
  const odd = pseudo.find((name, i) => !PSEUDO.includes(name) || pseudo.indexOf(name) !== i || name !== names[i]);
  return odd === undefined ? undefined : `${odd} out of place`;
}

/** RFC 9113, 8.3.1: one host, and where two fields say it, the same. */
function hostOf(authority: string | undefined, hosts: readonly string[]): string | undefined {
  const said = authority ?? hosts[0] ?? '';
  const isOne = hosts.length <= 1 && hosts.every((host) => sameHost(said, host));
  return isOne && said !== '' && isHost(said) ? said : undefined;
}

/** The crumbs of a cookie are one field (RFC 9113, 8.2.3). */
function plainFields(fields: readonly Field[]): StrictRequest['fields'] {
  const crumbs = valuesOf(fields, 'cookie');
  const others = fields.filter(([name]) => !name.startsWith(':') && name !== 'cookie');
  const all = crumbs.length === 0 ? others : [...others, ['cookie', crumbs.join('; ')] as const];
  return all.map(([name, value]) => ({ name, value }));
}
