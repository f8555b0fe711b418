import { family, forwarded, HOST, message, type Outcome, type RequestCase, type Row, refused, sent } from '../case.ts';

const GOT = forwarded(sent('GET', '/t'));
const BAD = refused(400);
const TOO_LARGE = refused(431);

function get(...lines: readonly string[]): string {
  return message('GET /t HTTP/1.1', HOST, ...lines);
}

/** Characters that no field name may hold (RFC 9110 5.6.2). */
const NOT_IN_NAMES = [...'()<>@,;\\"/[]?={} \t\x00\x01\x0b\x1f\x7f\x80\xe9\xff'];

/** Control characters that no field value may hold; HTAB is fine. */
const NOT_IN_VALUES = ['\x00', '\x01', '\x02', '\x07', '\x08', '\x0b', '\x0c', '\x0e', '\x1a', '\x1b', '\x1f', '\x7f'];

/** RFC 9110 5.5: a recipient may keep control characters, but NUL. */
function kept(char: string): { readonly alsoSafe?: Outcome } {
  return char === '\0' ? {} : { alsoSafe: GOT };
}

function hex(char: string): string {
  return char.charCodeAt(0).toString(16).padStart(2, '0');
}

// biome-ignore format: one row a line
const names: readonly Row[] = [
  ...NOT_IN_NAMES.map((char) => ({
    id: `holds-${hex(char)}`,
    about: `${JSON.stringify(char)} in a name`,
    steps: get(`X${char}A: b`),
    promised: BAD,
    // A proxy that throws such a line away sends nothing on that could be misread.
    alsoSafe: forwarded(sent('GET', '/t', { fields: { [`x${char}a`]: null } })),
  })),
  { id: 'empty', about: 'no name', steps: get(': b'), promised: BAD, alsoSafe: GOT },
  { id: 'no-colon', about: 'no colon', steps: get('X-A b'), promised: BAD },
  { id: 'no-colon-word', about: 'a word', steps: get('hello'), promised: BAD },
  { id: 'space-before-colon', about: 'a space before the colon', rfc: '9112 5.1', steps: get('X-A : b'), promised: BAD },
  { id: 'tab-before-colon', about: 'a tab before the colon', rfc: '9112 5.1', steps: get('X-A\t: b'), promised: BAD },
  { id: 'only-colons', about: 'colons', steps: get(':::'), promised: BAD, alsoSafe: GOT },
  { id: 'all-token-characters', about: 'every character a token may have', steps: get("X!#$%&'*+-.^_`|~09Az: b"), promised: forwarded(sent('GET', '/t', { fields: { "x!#$%&'*+-.^_`|~09az": 'b' } })), alsoSafe: GOT },
  { id: 'proto', about: '__proto__ is a name as any other', steps: get('__proto__: b', 'constructor: c', 'toString: d', 'hasOwnProperty: e'), promised: forwarded(sent('GET', '/t', { fields: { ['__proto__']: 'b', constructor: 'c', tostring: 'd', hasownproperty: 'e' } })), alsoSafe: GOT },
  { id: 'long', about: 'a name of 1,000 letters', steps: get(`${'X'.repeat(1000)}: b`), promised: [forwarded(sent('GET', '/t', { fields: { ['x'.repeat(1000)]: 'b' } })), TOO_LARGE] },
  { id: 'very-long', about: 'a name of 100,000 letters', steps: get(`${'X'.repeat(100_000)}: b`), promised: refused(400, 431) },
];

// biome-ignore format: one row a line
const values: readonly Row[] = [
  ...NOT_IN_VALUES.flatMap((char) => [
    { id: `holds-${hex(char)}`, about: `${JSON.stringify(char)} inside a value`, steps: get(`X-A: b${char}c`), promised: BAD, ...kept(char) },
    { id: `ends-${hex(char)}`, about: `${JSON.stringify(char)} at the end of a value`, steps: get(`X-A: b${char}`), promised: BAD, ...kept(char) },
  ]),
  { id: 'bare-cr', about: 'a CR inside', steps: get('X-A: b\rX-C: d'), promised: BAD },
  { id: 'bare-cr-first', about: 'a CR first', steps: get('X-A:\rb'), promised: BAD },
  { id: 'bare-cr-space', about: 'a CR ahead of a space', steps: get('X-A: b\r c'), promised: BAD },
  { id: 'bare-cr-last', about: 'a CR ahead of the CRLF', steps: get('X-A: b\r'), promised: BAD, alsoSafe: GOT },
  { id: 'bare-lf', about: 'a LF for CRLF', steps: get('X-A: b\nX-C: d'), promised: BAD, alsoSafe: GOT },
  { id: 'lf-cr', about: 'LF CR', steps: get('X-A: b\n\rX-C: d'), promised: BAD },
  { id: 'lf-lf-end', about: 'an end of LF LF', steps: `GET /t HTTP/1.1\r\n${HOST}\r\nX-A: b\n\n`, promised: BAD, alsoSafe: GOT },
  { id: 'crlf-lf-end', about: 'an end of CRLF LF', steps: `GET /t HTTP/1.1\r\n${HOST}\r\nX-A: b\r\n\n`, promised: BAD, alsoSafe: GOT },
  { id: 'lf-crlf-end', about: 'an end of LF CRLF', steps: `GET /t HTTP/1.1\r\n${HOST}\r\nX-A: b\n\r\n`, promised: BAD, alsoSafe: GOT },
  { id: 'cr-cr-end', about: 'an end of CR CR LF LF', steps: `GET /t HTTP/1.1\r\n${HOST}\r\nX-A: b\r\r\n\n`, promised: BAD, alsoSafe: GOT },
  { id: 'fold-space', about: 'a folded line', rfc: '9112 5.2', steps: get('X-A: b\r\n c'), promised: BAD, alsoSafe: GOT },
  { id: 'fold-tab', about: 'a line folded by a tab', rfc: '9112 5.2', steps: get('X-A: b\r\n\tc'), promised: BAD, alsoSafe: GOT },
  { id: 'fold-empty', about: 'a fold of nothing but a space', rfc: '9112 5.2', steps: get('X-A: b\r\n '), promised: BAD, alsoSafe: GOT },
  { id: 'fold-first', about: 'a folded first line', rfc: '9112 2.2', steps: `GET /t HTTP/1.1\r\n X-A: b\r\n${HOST}\r\n\r\n`, promised: BAD },
  { id: 'fold-smuggled', about: 'a fold that looks like a request', rfc: '9112 5.2', steps: get('X-A: b\r\n GET /smuggled HTTP/1.1\r\n Host: a.example'), promised: BAD, alsoSafe: GOT },
  { id: 'obs-text', about: 'bytes above 127', steps: get('X-A: \x80\xc3\xa9\xff'), promised: forwarded(sent('GET', '/t', { fields: { 'x-a': '\x80\xc3\xa9\xff' } })), alsoSafe: BAD },
  { id: 'tab-inside', about: 'a tab inside', steps: get('X-A: b\tc'), promised: forwarded(sent('GET', '/t', { fields: { 'x-a': 'b\tc' } })) },
  { id: 'empty', about: 'no value', steps: get('X-A:', 'X-B: '), promised: forwarded(sent('GET', '/t', { fields: { 'x-a': '', 'x-b': '' } })) },
  { id: 'whitespace-around', about: 'whitespace around', rfc: '9110 5.5', steps: get('X-A: \t b \t '), promised: forwarded(sent('GET', '/t', { fields: { 'x-a': 'b' } })) },
  { id: 'colons', about: 'colons inside', steps: get('X-A: b:c: d'), promised: forwarded(sent('GET', '/t', { fields: { 'x-a': 'b:c: d' } })) },
  { id: 'request-inside', about: 'a value that looks like a request line', steps: get('X-A: GET /smuggled HTTP/1.1'), promised: forwarded(sent('GET', '/t', { fields: { 'x-a': 'GET /smuggled HTTP/1.1' } })) },
];

function many(count: number): string {
  return get(Array.from({ length: count }, (_, i) => `X-${i}: ${i}`).join('\r\n'));
}

// biome-ignore format: one row a line
const sizes: readonly Row[] = [
  { id: 'fifty', about: '50 fields', steps: many(50), promised: forwarded(sent('GET', '/t', { fields: { 'x-0': '0', 'x-49': '49' } })) },
  { id: 'four-thousand', about: '4,000 fields', steps: many(4000), promised: TOO_LARGE, alsoSafe: refused(400) },
  { id: 'hundred-thousand', about: '100,000 fields', steps: many(100_000), promised: [TOO_LARGE, refused(400)] },
  { id: 'long-value', about: 'a value of 100,000 bytes', steps: get(`X-A: ${'b'.repeat(100_000)}`), promised: TOO_LARGE, alsoSafe: refused(400) },
  { id: 'huge-value', about: 'a value of 2 MB', steps: get(`X-A: ${'b'.repeat(2_000_000)}`), promised: TOO_LARGE },
  { id: 'endless-value', about: 'a value without an end', steps: `GET /t HTTP/1.1\r\n${HOST}\r\nX-A: ${'b'.repeat(2_000_000)}`, promised: TOO_LARGE },
  { id: 'endless-fields', about: 'fields without an end', steps: `GET /t HTTP/1.1\r\n${HOST}\r\n${'X-A: b\r\n'.repeat(100_000)}`, promised: TOO_LARGE },
  { id: 'four-kib', about: 'a value of 4 KiB has to pass', steps: get(`X-A: ${'b'.repeat(4096)}`), promised: forwarded(sent('GET', '/t', { fields: { 'x-a': 'b'.repeat(4096) } })) },
];

// biome-ignore format: one row a line
const combined: readonly Row[] = [
  { id: 'order', about: 'lines of one name keep their order', rfc: '9110 5.3', steps: get('X-A: 1', 'X-B: x', 'X-A: 2', 'x-a: 3'), promised: forwarded(sent('GET', '/t', { fields: { 'x-a': '1, 2, 3', 'x-b': 'x' } })) },
  { id: 'cookies', about: 'two Cookie lines', rfc: '6265 5.4', steps: get('Cookie: a=b', 'Cookie: c=d'), promised: forwarded(sent('GET', '/t', { fields: { cookie: /^a=b[;,] c=d$/ } })) },
  { id: 'end-to-end', about: 'fields that are none of its business', rfc: '9110 3.7', steps: get('Accept: */*', 'User-Agent: x/1', 'Range: bytes=0-1', 'If-None-Match: "x"', 'Authorization: Basic eA==', 'X-Unknown: y'), promised: forwarded(sent('GET', '/t', { fields: { accept: '*/*', 'user-agent': 'x/1', range: 'bytes=0-1', 'if-none-match': '"x"', authorization: 'Basic eA==', 'x-unknown': 'y' } })) },
  { id: 'date', about: 'a Date that a client sent', rfc: '9110 6.6.1', steps: get('Date: Tue, 15 Nov 1994 08:12:31 GMT'), promised: forwarded(sent('GET', '/t', { fields: { date: 'Tue, 15 Nov 1994 08:12:31 GMT' } })) },
];

export const FIELD_CASES: readonly RequestCase[] = [
  ...family('name', '9110 5.1', names),
  ...family('value', '9110 5.5', values),
  ...family('size', '9110 5.4', sizes),
  ...family('combine', '9110 5.3', combined),
];
