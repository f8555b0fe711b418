import {
  after,
  dropped,
  family,
  forwarded,
  HOST,
  message,
  midway,
  type Outcome,
  type RequestCase,
  type Row,
  refused,
  SMUGGLED,
  sent,
} from '../case.ts';
import { END } from '../steps.ts';

const POSTED = sent('POST', '/t', { body: 'hello' });

function post(body: string, ...lines: readonly string[]): string {
  return message('POST /t HTTP/1.1', HOST, ...lines) + body;
}

/** Lines that say how long the body is without saying it in one way only. */
const UNREADABLE: readonly (readonly [id: string, line: string, alsoSafe?: Outcome])[] = [
  ['plus', 'Content-Length: +5'],
  ['minus', 'Content-Length: -5'],
  ['minus-zero', 'Content-Length: -0'],
  ['hex', 'Content-Length: 0x5'],
  ['underscore', 'Content-Length: 0_5'],
  ['space-inside', 'Content-Length: 0 5'],
  ['tab-inside', 'Content-Length: 0\t5'],
  ['point', 'Content-Length: 5.0'],
  ['exponent', 'Content-Length: 5e0'],
  ['semicolon', 'Content-Length: 5;'],
  ['trailing-comma', 'Content-Length: 5,'],
  ['list-same', 'Content-Length: 5, 5', forwarded(POSTED)],
  ['list-other', 'Content-Length: 5, 6'],
  ['list-no-space', 'Content-Length: 5,0'],
  ['quoted', 'Content-Length: "5"'],
  ['empty', 'Content-Length:'],
  ['spaces', 'Content-Length:   '],
  ['word', 'Content-Length: five'],
  ['wide-digit', 'Content-Length: \xef\xbc\x95'],
  ['arabic-digit', 'Content-Length: \xd9\xa5'],
  ['nul-behind', 'Content-Length: 5\0'],
  ['vertical-tab-ahead', 'Content-Length: \x0b5'],
  ['form-feed-behind', 'Content-Length: 5\x0c'],
  ['no-break-space', 'Content-Length: 5\xa0'],
  ['next-line', 'Content-Length: 5\x85'],
  ['bare-cr-behind', 'Content-Length: 5\r', forwarded(POSTED)],
  ['bare-cr-inside', 'Content-Length: 0\r5'],
  ['over-32-bits-negative', 'Content-Length: -4294967291'],
  ['over-64-bits', 'Content-Length: 18446744073709551621'],
  ['many-digits', `Content-Length: ${'9'.repeat(400)}`],
  ['letter-behind', 'Content-Length: 5a'],
  ['twice-same', 'Content-Length: 5\r\nContent-Length: 5', forwarded(POSTED)],
  ['twice-other', 'Content-Length: 5\r\nContent-Length: 6'],
  ['twice-other-case', 'Content-Length: 5\r\ncontent-length: 0'],
  ['twice-apart', 'Content-Length: 5\r\nX-A: b\r\nContent-Length: 3'],
  ['twice-one-empty', 'Content-Length: 5\r\nContent-Length:'],
  ['twice-leading-zero', 'Content-Length: 5\r\nContent-Length: 05'],
  ['space-before-colon', 'Content-Length : 5'],
  ['tab-before-colon', 'Content-Length\t: 5'],
  ['leading-space', 'X-A: b\r\n Content-Length: 5'],
  ['folded', 'Content-Length:\r\n 5', forwarded(POSTED)],
  ['behind-bare-cr', 'X-A: b\rContent-Length: 5'],
  ['behind-bare-lf', 'X-A: b\nContent-Length: 5', forwarded(POSTED)],
  ['nul-in-name', 'Content\0-Length: 5'],
];

const unreadable: readonly Row[] = UNREADABLE.map(([id, line, alsoSafe]) => ({
  id,
  about: `a body of five bytes under ${JSON.stringify(line.slice(0, 60))}`,
  steps: post('hello', line),
  promised: refused(400, 413),
  ...(alsoSafe === undefined ? {} : { alsoSafe }),
}));

const valid: readonly Row[] = [
  { id: 'plain', about: 'one Content-Length', steps: post('hello', 'Content-Length: 5'), promised: forwarded(POSTED) },
  {
    id: 'no-space',
    about: 'no space behind the colon',
    steps: post('hello', 'content-length:5'),
    promised: forwarded(POSTED),
  },
  {
    id: 'optional-whitespace',
    about: 'tabs and spaces around the number',
    rfc: '9110 5.5',
    steps: post('hello', 'Content-Length: \t 5 \t'),
    promised: forwarded(POSTED),
  },
  {
    id: 'leading-zeros',
    about: 'leading zeros, which the grammar allows',
    rfc: '9110 8.6',
    steps: post('hello', 'Content-Length: 005'),
    promised: [forwarded(POSTED), refused(400)],
  },
  {
    id: 'get-with-body',
    about: 'a GET with a body that looks like a request',
    rfc: '9110 9.3.1',
    steps: message('GET /t HTTP/1.1', HOST, `Content-Length: ${SMUGGLED.length}`) + SMUGGLED,
    promised: forwarded(sent('GET', '/t', { body: SMUGGLED })),
    alsoSafe: refused(400),
  },
  {
    id: 'get-with-zero',
    about: 'a GET with Content-Length: 0',
    steps: message('GET /t HTTP/1.1', HOST, 'Content-Length: 0'),
    promised: forwarded(sent('GET', '/t', { body: '' })),
  },
  {
    id: 'post-without',
    about: 'a POST without any framing has no body',
    rfc: '9112 6.3',
    steps: message('POST /t HTTP/1.1', HOST),
    promised: forwarded(sent('POST', '/t', { body: '' })),
    alsoSafe: refused(411),
  },
  {
    id: 'post-without-then-request',
    about: 'what follows a POST without any framing is the next request',
    rfc: '9112 6.3',
    steps: message('POST /t HTTP/1.1', HOST) + message('GET /next HTTP/1.1', HOST),
    promised: forwarded(sent('POST', '/t', { body: '' }), sent('GET', '/next')),
    alsoSafe: refused(411),
  },
  {
    id: 'body-looks-like-a-request',
    about: 'a body that looks like a request, then a request',
    steps: post(SMUGGLED, `Content-Length: ${SMUGGLED.length}`) + message('GET /next HTTP/1.1', HOST),
    promised: forwarded(sent('POST', '/t', { body: SMUGGLED }), sent('GET', '/next')),
  },
  {
    id: 'delete-with-body',
    about: 'a DELETE with a body',
    steps: `${message('DELETE /t HTTP/1.1', HOST, 'Content-Length: 5')}hello`,
    promised: forwarded(sent('DELETE', '/t', { body: 'hello' })),
  },
  {
    id: 'http-10-body',
    about: 'HTTP/1.0 with a body',
    steps: `${message('POST /t HTTP/1.0', HOST, 'Content-Length: 5')}hello`,
    promised: forwarded(POSTED),
  },
  {
    id: 'content-encoding-chunked',
    about: 'chunked as a content coding frames nothing',
    steps: post('hello', 'Content-Length: 5', 'Content-Encoding: chunked'),
    promised: forwarded(POSTED),
  },
  {
    id: 'underscored-coding',
    about: 'Transfer_Encoding is another field, and must not act as this one',
    steps: post('hello', 'Content-Length: 5', 'Transfer_Encoding: chunked'),
    promised: [forwarded(POSTED), refused(400)],
  },
  {
    id: 'underscored-length',
    about: 'Content_Length is another field, and must not act as this one',
    steps: post('hello', 'Content-Length: 5', 'Content_Length: 0'),
    promised: [forwarded(POSTED), refused(400)],
  },
  {
    id: 'binary-body',
    about: 'all 256 byte values in a body',
    steps: post(allBytes(), 'Content-Length: 256'),
    promised: forwarded(sent('POST', '/t', { body: allBytes() })),
  },
];

function allBytes(): string {
  return String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte));
}

const cutShort: readonly Row[] = [
  {
    id: 'short-body',
    about: 'a client that ends in the middle of its body',
    rfc: '9112 8',
    steps: [post('hel', 'Content-Length: 5'), END],
    promised: [midway(refused(400, 408)), midway(dropped())],
  },
  {
    id: 'no-body',
    about: 'a client that ends ahead of its body',
    rfc: '9112 8',
    steps: [post('', 'Content-Length: 5'), END],
    promised: [midway(refused(400, 408)), midway(dropped())],
  },
  {
    id: 'two-to-the-53',
    about: 'a length beyond what a double can count, and a client that ends',
    steps: [post('hello', 'Content-Length: 9007199254740993'), END],
    promised: [refused(400, 413), midway(dropped()), midway(refused(400, 408, 413))],
  },
  {
    id: 'over-32-bits',
    about: 'a length of 2^32 + 5 is not 5',
    steps: [post('hello', 'Content-Length: 4294967301') + SMUGGLED, END],
    promised: [midway(dropped()), midway(refused(400, 408, 413))],
  },
  {
    id: 'two-to-the-63',
    about: 'a length of 2^63',
    steps: [post('hello', 'Content-Length: 9223372036854775808'), END],
    promised: [midway(dropped()), midway(refused(400, 408, 413))],
  },
  {
    id: 'too-long-body',
    about: 'what is left behind a body is no request',
    steps: post('hello, and more\r\n\r\n', 'Content-Length: 5'),
    promised: after([POSTED], refused(400)),
  },
];

export const LENGTH_CASES: readonly RequestCase[] = [
  ...family('cl-unreadable', '9110 8.6', unreadable),
  ...family('cl-valid', '9112 6.3', valid),
  ...family('cl-cut', '9112 6.3', cutShort),
];
