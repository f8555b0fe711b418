import {
  type Dialect,
  type Field,
  isToken,
  listOf,
  malformed,
  PARTIAL,
  type Read,
  readChunked,
  readFields,
  readLine,
  valuesOf,
} from './strict-bytes.ts';

/** A request as the strictest reader understands it. */
export interface StrictRequest {
  readonly method: string;
  /** In origin-form: an absolute-form target is taken apart. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  readonly host: string;
  readonly fields: readonly Field[];
  readonly body: string;
  readonly trailers: readonly Field[];
  /** Whoever sent it expects nothing behind its answer on this connection. */
  readonly closes: boolean;
}

const REQUEST_LINE = /^([^ ]+) ([\x21-\x7e]+) HTTP\/1\.([01])$/;
const ABSOLUTE = /^https?:\/\/([^/?#@]+)(\/[^#]*|\?[^#]*|)$/i;
const HOST = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(?::[0-9]*)?$/;
/** RFC 9110 6.5.1: fields that mean something only ahead of the body. */
const NOT_IN_TRAILERS = new Set([
  'content-length',
  'transfer-encoding',
  'host',
  'trailer',
  'authorization',
  'connection',
]);

type Framing = { readonly kind: 'chunked' } | { readonly kind: 'length'; readonly bytes: number };
type Head = Omit<StrictRequest, 'body' | 'trailers'>;

/** Reads one request that begins at `from`. */
export function readRequest(bytes: string, from: number, dialect: Dialect): Read<StrictRequest> {
  const start = dialect === 'client' ? skipEmptyLines(bytes, from) : from;
  const line = readLine(bytes, start);
  if (line.kind !== 'whole') return line;
  const parts = REQUEST_LINE.exec(line.value);
  const [, method = '', target = '', minor] = parts ?? [];
  if (parts === null || !isToken(method)) return malformed(`request line ${JSON.stringify(line.value.slice(0, 60))}`);
  const fields = readFields(bytes, line.next, dialect);
  if (fields.kind !== 'whole') return fields;
  const version = minor === '0' ? '1.0' : '1.1';
  const head = toHead(method, target, version, fields.value);
  if (typeof head === 'string') return malformed(head);
  return readBody(bytes, fields.next, head, dialect);
}

function skipEmptyLines(bytes: string, from: number): number {
  let at = from;
  while (bytes.startsWith('\r\n', at)) at += 2;
  return at;
}

function toHead(method: string, target: string, version: '1.0' | '1.1', fields: readonly Field[]): Head | string {
  const hosts = valuesOf(fields, 'host');
  if (hosts.length > 1 || (hosts.length === 0 && version === '1.1')) return 'not exactly one Host';
  const host = hosts[0] ?? '';
  if (!isHost(host)) return `Host ${JSON.stringify(host)}`;
  const where = toOrigin(method, target, host);
  if (where === undefined) return `target ${JSON.stringify(target.slice(0, 60))}`;
  const connection = listOf(fields, 'connection');
  const closes = connection.includes('close') || (version === '1.0' && !connection.includes('keep-alive'));
  return { method, target: where.target, version, host: where.host, fields, closes };
}

function toOrigin(
  method: string,
  target: string,
  host: string,
): { readonly target: string; readonly host: string } | undefined {
  if (target.startsWith('/')) return { target, host };
  if (target === '*') return method === 'OPTIONS' ? { target, host } : undefined;
  const absolute = ABSOLUTE.exec(target);
  if (absolute === null) return undefined;
  const [, authority = '', path = ''] = absolute;
  if (!isHost(authority) || (host !== '' && !sameHost(host, authority))) return undefined;
  return { target: path.startsWith('/') ? path : `/${path}`, host: authority };
}

/** A host with its port, or nothing at all. */
export function isHost(text: string): boolean {
  return HOST.test(text);
}

/** Host names compare without case, and port 80 goes without saying (RFC 9110 4.2.3). */
export function sameHost(one: string, other: string): boolean {
  const plain = (host: string) => host.toLowerCase().replace(/:(80)?$/, '');
  return plain(one) === plain(other);
}

function readBody(bytes: string, from: number, head: Head, dialect: Dialect): Read<StrictRequest> {
  const framing = toFraming(head);
  if (typeof framing === 'string') return malformed(framing);
  if (framing.kind === 'length') {
    const next = from + framing.bytes;
    if (bytes.length < next) return PARTIAL;
    return { kind: 'whole', value: { ...head, body: bytes.slice(from, next), trailers: [] }, next };
  }
  const chunked = readChunked(bytes, from, dialect);
  if (chunked.kind !== 'whole') return chunked;
  const { trailers } = chunked.value;
  const wrong = dialect === 'replica' ? trailers.find((field) => NOT_IN_TRAILERS.has(field.name)) : undefined;
  if (wrong !== undefined) return malformed(`${wrong.name} among the trailers`);
  return { kind: 'whole', value: { ...head, ...chunked.value }, next: chunked.next };
}

/** RFC 9112 6.1 to 6.3, without the leniencies: each field at most once, never both, and `chunked` alone. */
function toFraming(head: Head): Framing | string {
  const codings = valuesOf(head.fields, 'transfer-encoding');
  const lengths = valuesOf(head.fields, 'content-length');
  if (codings.length + lengths.length > 1) return 'more than one framing field';
  const [coding] = codings;
  if (coding !== undefined) {
    const chunked = coding.toLowerCase() === 'chunked' && head.version === '1.1';
    return chunked ? { kind: 'chunked' } : `Transfer-Encoding ${JSON.stringify(coding)} in HTTP/${head.version}`;
  }
  const [length = '0'] = lengths;
  const bytes = Number(length);
  if (!/^[0-9]+$/.test(length) || !Number.isSafeInteger(bytes)) return `Content-Length ${JSON.stringify(length)}`;
  return { kind: 'length', bytes };
}

/** Everything that was said on one connection, and how it ended. */
export interface Conversation {
  readonly requests: readonly StrictRequest[];
  /** `clean`: nothing is left over. `closed`: the last request asked for no more, what follows it does not count. */
  readonly end: 'clean' | 'partial' | 'malformed' | 'closed';
  readonly reason: string;
}

export function readRequests(bytes: string, dialect: Dialect): Conversation {
  const requests: StrictRequest[] = [];
  let at = 0;
  while (at < bytes.length) {
    const read = readRequest(bytes, at, dialect);
    if (read.kind === 'partial') return { requests, end: isOver(bytes, at, dialect), reason: '' };
    if (read.kind === 'malformed') return { requests, end: 'malformed', reason: read.reason };
    requests.push(read.value);
    at = read.next;
    if (read.value.closes) return { requests, end: 'closed', reason: '' };
  }
  return { requests, end: 'clean', reason: '' };
}

/** Empty lines alone are no beginning of a request. */
function isOver(bytes: string, from: number, dialect: Dialect): 'clean' | 'partial' {
  return dialect === 'client' && skipEmptyLines(bytes, from) === bytes.length ? 'clean' : 'partial';
}
