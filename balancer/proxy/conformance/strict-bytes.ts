/** Reading bytes (one char a byte) as strictly as RFC 9112 is written: nothing is forgiven, so nothing has two meanings. */

export interface Field {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

/** `partial`: more bytes could still make it whole. */
export type Read<Value> =
  | { readonly kind: 'whole'; readonly value: Value; readonly next: number }
  | { readonly kind: 'partial' }
  | { readonly kind: 'malformed'; readonly reason: string };

export const PARTIAL = { kind: 'partial' } as const;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What an extension says frames nothing, so any text will do. */
const CHUNK_SIZE = /^([0-9A-Fa-f]+)(?:[ \t]*;.*)?$/;

export function malformed(reason: string): { readonly kind: 'malformed'; readonly reason: string } {
  return { kind: 'malformed', reason };
}

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * Who is reading. `client`: everything that RFC 9112 lets a client send. `replica`: only what a proxy may pass on, so no
 * empty lines before a request and no framing fields among the trailers; but control characters in values, which RFC 9110 5.5 lets a recipient keep.
 */
export type Dialect = 'client' | 'replica';

/** HTAB, SP, VCHAR and obs-text: what RFC 9110 5.5 lets a field value hold. */
export function isFieldText(text: string, dialect: Dialect): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const isControl = (code < 0x20 && code !== 0x09) || code === 0x7f;
    if (isControl && (dialect === 'client' || code === 0)) return false;
  }
  return true;
}

/** A line ends in CRLF and holds no other CR or LF (RFC 9112 2.2). */
export function readLine(bytes: string, from: number): Read<string> {
  const lf = bytes.indexOf('\n', from);
  const text = lf < 0 ? bytes.slice(from) : bytes.slice(from, lf);
  const cr = text.indexOf('\r');
  if (cr >= 0 && cr !== text.length - 1) return malformed('a CR without LF');
  if (lf < 0) return PARTIAL;
  if (cr < 0) return malformed('a LF without CR');
  return { kind: 'whole', value: text.slice(0, -1), next: lf + 1 };
}

/** Field lines up to and with the empty line (RFC 9112 5). */
export function readFields(bytes: string, from: number, dialect: Dialect): Read<readonly Field[]> {
  const fields: Field[] = [];
  let at = from;
  for (;;) {
    const line = readLine(bytes, at);
    if (line.kind !== 'whole') return line;
    at = line.next;
    if (line.value === '') return { kind: 'whole', value: fields, next: at };
    const field = toField(line.value, dialect);
    if (field === undefined) return malformed(`field line ${JSON.stringify(line.value.slice(0, 60))}`);
    fields.push(field);
  }
}

function toField(line: string, dialect: Dialect): Field | undefined {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0));
  const value = line.slice(colon + 1);
  if (!isToken(name) || !isFieldText(value, dialect)) return undefined;
  return { name: name.toLowerCase(), value: withoutBlanks(value) };
}

/** Only SP and HTAB are whitespace here: `trim` would eat a no-break space, and find a token that is none. */
function withoutBlanks(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, '');
}

export function valuesOf(fields: readonly Field[], name: string): string[] {
  return fields.filter((field) => field.name === name).map((field) => field.value);
}

/** The members of a comma-separated field, in lower case. */
export function listOf(fields: readonly Field[], name: string): string[] {
  return valuesOf(fields, name)
    .flatMap((value) => value.split(','))
    .map((member) => withoutBlanks(member).toLowerCase())
    .filter((member) => member !== '');
}

export interface ChunkedBody {
  readonly body: string;
  readonly trailers: readonly Field[];
}

/** A chunked body with its trailer section (RFC 9112 7.1). */
export function readChunked(bytes: string, from: number, dialect: Dialect): Read<ChunkedBody> {
  let body = '';
  let at = from;
  for (;;) {
    const size = readSize(bytes, at);
    if (size.kind !== 'whole') return size;
    if (size.value === 0) return withTrailers(bytes, size.next, body, dialect);
    const end = size.next + size.value;
    const ending = bytes.slice(end, end + 2);
    if (!'\r\n'.startsWith(ending)) return malformed('chunk without its CRLF');
    if (ending.length < 2) return PARTIAL;
    body += bytes.slice(size.next, end);
    at = end + 2;
  }
}

function readSize(bytes: string, from: number): Read<number> {
  const line = readLine(bytes, from);
  if (line.kind !== 'whole') return line;
  const size = Number.parseInt(CHUNK_SIZE.exec(line.value)?.[1] ?? '', 16);
  if (!Number.isSafeInteger(size) || !isFieldText(line.value, 'client')) return malformed('chunk size');
  return { ...line, value: size };
}

function withTrailers(bytes: string, from: number, body: string, dialect: Dialect): Read<ChunkedBody> {
  const fields = readFields(bytes, from, dialect);
  if (fields.kind !== 'whole') return fields;
  return { kind: 'whole', value: { body, trailers: fields.value }, next: fields.next };
}
