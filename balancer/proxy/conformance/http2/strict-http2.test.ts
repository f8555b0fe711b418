import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import {
  block,
  data,
  type Field,
  FLAG,
  frame,
  headers,
  number,
  OPENING,
  PREFACE,
  reset,
  settings,
  TYPE,
} from './frames.ts';
import { get, post, pseudo, without } from './http2-case.ts';
import { anyConversation } from './http2-grammar.ts';
import { readConversation } from './strict-http2.ts';

const WHOLE = FLAG.endHeaders | FLAG.endStream;
const SECTION = block(...pseudo());
const HALF = headers(1, [...pseudo('POST'), ['content-length', '4']], 0);
const window = (stream: number, more: number) => frame(TYPE.windowUpdate, 0, stream, number(more, 4));

/** Stream, verdict, method, target, body; and how it all ends. */
function read(bytes: string, opening = OPENING) {
  const { streams, end } = readConversation(opening + bytes);
  const said = streams.map(({ id, verdict, request: r }) => `${id} ${verdict} ${r?.method} ${r?.target} ${r?.body}`);
  return [...said, end];
}

test('requests on two streams are read with their own bodies', () => {
  const bytes = headers(1, pseudo('POST', '/a'), 0) + headers(3, pseudo('POST', '/b'), 0);
  const bodies = data(1, 'on', 0) + data(3, 'two') + frame(TYPE.data, WHOLE | FLAG.padded, 1, '\x02e\0\0');
  expect(read(bytes + bodies)).toEqual(['1 whole POST /a one', '3 whole POST /b two', 'clean']);
});

test('a section in three frames, with padding and priority, is one', () => {
  const begun = `\x01${number(0, 4)}\x10${SECTION.slice(0, 9)}\0`;
  const bytes =
    frame(TYPE.headers, FLAG.endStream | FLAG.padded | FLAG.priority, 1, begun) +
    frame(TYPE.continuation, 0, 1, SECTION.slice(9, 20)) +
    frame(TYPE.continuation, FLAG.endHeaders, 1, SECTION.slice(20));
  expect(read(bytes)).toEqual(['1 whole GET /x ', 'clean']);
});

test('trailers end a request, and the crumbs of a cookie are one field', () => {
  const fields: Field[] = [...pseudo('POST'), ['cookie', 'a=1'], ['x-a', 'b'], ['cookie', 'c=2']];
  const { streams } = readConversation(OPENING + headers(1, fields, 0) + data(1, 'x', 0) + headers(1, [['x-t', '1']]));
  expect(streams[0]).toMatchObject({ verdict: 'whole', request: { body: 'x', host: 'a.example' } });
  expect(streams[0]?.request?.fields).toEqual([
    { name: 'x-a', value: 'b' },
    { name: 'cookie', value: 'a=1; c=2' },
  ]);
});

test.each([
  ['without :path', headers(1, without(':path'))],
  ['without any host', headers(1, without(':authority'))],
  ['with a host of its own for Host', get(['host', 'b.example'])],
  ['with two of Host', get(['host', 'a.example'], ['host', 'a.example'])],
  ['with :path twice', get([':path', '/y'])],
  ['with an unknown pseudo-header field', headers(1, [[':odd', '1'], ...pseudo()])],
  ['with a pseudo-header field behind another', headers(1, [['x-a', '1'], ...pseudo()])],
  ['with a field name in capitals', get(['X-A', '1'])],
  ['with Transfer-Encoding', get(['transfer-encoding', 'chunked'])],
  ['with Connection', get(['connection', 'close'])],
  ['with TE but for trailers', get(['te', 'gzip'])],
  ['with a request in its path', headers(1, pseudo('GET', '/ HTTP/1.1\r\nHost: b\r\n\r\n'))],
  ['with a fragment', headers(1, pseudo('GET', '/x#y'))],
  ['with a method that is no token', headers(1, pseudo('GET /smuggled'))],
  ['with CONNECT', headers(1, pseudo('CONNECT'))],
  ['with a length that is no number', get(['content-length', '+0'])],
  ['with two lengths', post([...['4', '4'].map((length): Field => ['content-length', length])], 'body')],
  ['with a length but no body', get(['content-length', '4'])],
  ['with too short a body', HALF + data(1, 'abc')],
  ['with too long a body', HALF + data(1, 'abcd', 0) + data(1, 'e')],
  ['with a pseudo-header field in trailers', HALF + data(1, 'abcd', 0) + headers(1, [[':path', '/y']])],
  ['with trailers that do not end it', HALF + data(1, 'abcd', 0) + headers(1, [['x-t', '1']], 0)],
  ['with a window opened by nothing', HALF + window(1, 0) + data(1, 'abcd')],
])('a request %s is malformed', (_, bytes) => {
  expect(read(bytes)).toEqual([expect.stringMatching(/^1 malformed /), 'arguable']);
});

test.each([
  ['a name that is no token', ['x bad', '1']],
  ['a line break', ['x-a', 'b\r\nx-smuggled: 1']],
  ['a blank at its end', ['x-a', 'b ']],
  ['NUL', ['x-a', '\0']],
] as const)('a request with %s in a field is right only without that field', (_, field) => {
  const { streams } = readConversation(OPENING + get(field, ['x-b', '2']));
  expect(streams[0]).toMatchObject({ verdict: 'lenient', request: { fields: [{ name: 'x-b', value: '2' }] } });
});

test.each([
  ['not ended', HALF + data(1, 'abcd', 0), '1 cut POST /x abcd'],
  ['taken back', HALF + data(1, 'abcd', 0) + reset(1, 8), '1 cut POST /x abcd'],
  ['taken back, though more comes', HALF + reset(1, 8) + data(1, 'abcd'), '1 cut POST /x '],
])('a request that is %s is cut', (_, bytes, said) => {
  expect(read(bytes)).toEqual([said, 'arguable']);
});

test.each([
  ['DATA behind the end', get() + data(1, 'x')],
  ['RST_STREAM behind the end', get() + reset(1, 8)],
])('a request with %s may be answered, or not', (_, bytes) => {
  const { streams, end } = readConversation(OPENING + bytes);
  expect(streams).toMatchObject([{ verdict: 'whole', isGivenUp: true }]);
  expect(end).toBe('arguable');
});

test.each([
  ['no preface', 'GET / HTTP/1.1\r\n\r\n', ''],
  ['no SETTINGS', get(), PREFACE],
  ['SETTINGS of 5 bytes', frame(TYPE.settings, 0, 0, '12345')],
  ['ENABLE_PUSH of 2', settings([2, 2])],
  ['a frame size of 1', settings([5, 1])],
  ['a window of 2^31', settings([4, 2 ** 31])],
  ['PING on a stream', frame(TYPE.ping, 0, 1, '12345678')],
  ['DATA on stream 0', frame(TYPE.data, 0, 0, 'x')],
  ['DATA on an idle stream', data(1, 'x')],
  ['a stream of the server', headers(2, pseudo())],
  ['a promise', frame(TYPE.pushPromise, FLAG.endHeaders, 1, number(2, 4))],
  ['CONTINUATION of nothing', frame(TYPE.continuation, FLAG.endHeaders, 1, SECTION)],
  ['a frame inside a section', frame(TYPE.headers, 0, 1, SECTION) + frame(TYPE.ping, 0, 0, '12345678')],
  ['the CONTINUATION of another', frame(TYPE.headers, 0, 1, SECTION) + frame(TYPE.continuation, 4, 3, '')],
  ['more padding than DATA', headers(1, pseudo('POST'), 0) + frame(TYPE.data, FLAG.padded, 1, '\x01')],
  ['HEADERS too short for their priority', frame(TYPE.headers, WHOLE | FLAG.priority, 1, 'abc')],
  ['a frame too large', frame(TYPE.data, 0, 1, 'x'.repeat(16_385))],
  ['the beginning of one', frame(TYPE.data, 0, 1, 'x'.repeat(16_385)).slice(0, 9)],
  ['a window opened by nothing', window(0, 0)],
  ['a block that cannot be decoded', frame(TYPE.headers, WHOLE, 1, `${SECTION}\x80`)],
])('%s breaks the connection, and what follows does not count', (_, bytes, opening = OPENING) => {
  const said = read(bytes + headers(9, pseudo()), opening);
  expect(said.at(-1)).toBe('broken');
  expect(said.join()).not.toContain('9 whole');
});

test.each([
  ['GOAWAY', frame(TYPE.goaway, 0, 0, number(0, 8))],
  ['a window beyond 2^31-1', window(0, 2 ** 31 - 1)],
  ['a stream that depends on itself', frame(TYPE.priority, 0, 1, `${number(1, 4)}\0`)],
  ['more padding than DATA on a stream that was refused', get(['X-A', '1']) + frame(TYPE.data, FLAG.padded, 1, '\x01')],
  ['a lower stream', headers(9, pseudo()) + headers(7, pseudo())],
])('%s leaves a choice', (_, bytes) => {
  expect(read(bytes).at(-1)).toBe('arguable');
});

test('a stream that was refused still changes the table that the next one is read by', () => {
  const odd = frame(TYPE.headers, WHOLE, 1, '\x40\x01X\x01a');
  const next = frame(TYPE.headers, WHOLE, 3, `${SECTION}\x40\x03x-b\x01c\xbe\x7f\0\x01d`);
  expect(read(odd + next)).toEqual([
    '1 malformed undefined undefined undefined',
    '3 malformed undefined undefined undefined',
    'arguable',
  ]);
});

test('a part of a frame or of a section is nothing yet', () => {
  expect(read(get().slice(0, -1))).toEqual(['partial']);
  expect(read(frame(TYPE.headers, FLAG.endStream, 1, SECTION))).toEqual(['partial']);
});

test('whatever the grammar says is right to the strict reader', () => {
  const random = createRandom(1);
  for (let i = 0; i < 500; i++) expect(readConversation(anyConversation(random))).toMatchObject({ end: 'clean' });
});
