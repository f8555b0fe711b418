import { sent } from '../../case.ts';
import { block, data, type Field, FLAG, frame, headers, number, PREFACE, settings, TYPE } from '../frames.ts';
import { AUTHORITY, ends, get, http2Family, MALFORMED, midway, post, pseudo, served } from '../http2-case.ts';

const X = sent('GET', '/x');
const POSTED = sent('POST', '/x', { body: 'body' });
const OK = [served(X)];

/** Written as HTTP/1.1 wants it: what must never come out of a field. */
const SMUGGLED = '\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a.example\r\n\r\n';

const padded = (type: number, flags: number, payload: string): string =>
  frame(type, flags | FLAG.padded, 1, `\x05${payload}\0\0\0\0\0`);

const VALID = http2Family('h2-valid', '9113 8.3', [
  {
    id: 'get',
    about: 'a plain GET',
    steps: get(),
    promised: [served(sent('GET', '/x', { host: ['a.example'], fields: { connection: /keep-alive|close/ } })), ...OK],
  },
  {
    id: 'head',
    about: 'a HEAD',
    steps: headers(1, pseudo('HEAD')),
    promised: [{ ...served(sent('HEAD', '/x')), streams: new Map([[1, 200]]) }],
  },
  {
    id: 'query',
    about: 'a target with a query',
    steps: headers(1, pseudo('GET', '/a/b?c=%20&d')),
    promised: [served(sent('GET', '/a/b?c=%20&d'))],
  },
  { id: 'post', about: 'a body without its length', steps: post([], 'body'), promised: [served(POSTED)] },
  {
    id: 'post-length',
    about: 'a body with its length',
    rfc: '9113 8.1.1',
    steps: post([['content-length', '4']], 'body'),
    promised: [served({ ...POSTED, fields: { 'content-length': '4', 'transfer-encoding': null } })],
  },
  {
    id: 'post-pieces',
    about: 'a body in pieces, the last one empty',
    steps: headers(1, pseudo('POST'), 0) + data(1, 'bo', 0) + data(1, 'dy', 0) + data(1, ''),
    promised: [served(POSTED)],
  },
  {
    id: 'post-empty',
    about: 'a body of no bytes',
    steps: headers(1, pseudo('POST'), 0) + data(1, ''),
    promised: [served(sent('POST', '/x', { body: '' }))],
  },
  {
    id: 'padded',
    about: 'padding',
    rfc: '9113 6.1',
    steps: padded(TYPE.headers, FLAG.endHeaders, block(...pseudo('POST'))) + padded(TYPE.data, FLAG.endStream, 'body'),
    promised: [served(POSTED)],
  },
  {
    id: 'priority',
    about: 'a priority in HEADERS and on its own',
    rfc: '9113 5.3',
    steps:
      frame(TYPE.priority, 0, 1, `${number(0, 4)}\x10`) +
      frame(
        TYPE.headers,
        FLAG.endHeaders | FLAG.endStream | FLAG.priority,
        1,
        `${number(0, 4)}\x10${block(...pseudo())}`,
      ),
    promised: OK,
  },
  {
    id: 'continuation',
    about: 'a section in three frames',
    rfc: '9113 6.10',
    steps: (() => {
      const b = block(...pseudo());
      return (
        frame(TYPE.headers, FLAG.endStream, 1, b.slice(0, 9)) +
        frame(TYPE.continuation, 0, 1, b.slice(9, 20)) +
        frame(TYPE.continuation, FLAG.endHeaders, 1, b.slice(20))
      );
    })(),
    promised: OK,
  },
  {
    id: 'unknown-frame',
    about: 'a frame of a type nobody knows',
    rfc: '9113 5.5',
    steps: frame(0xbe, 0xff, 1, 'what is this') + get(),
    promised: OK,
  },
  {
    id: 'unknown-setting',
    about: 'a setting nobody knows',
    rfc: '9113 6.5.2',
    steps: settings([0xabcd, 7]) + get(),
    promised: OK,
  },
  {
    id: 'unknown-flags',
    about: 'flags that mean nothing',
    rfc: '9113 4.1',
    steps: headers(1, pseudo(), FLAG.endStream | 0x42),
    promised: OK,
  },
  {
    id: 'reserved-bit',
    about: 'the reserved bit of a stream number',
    rfc: '9113 4.1',
    steps: frame(TYPE.headers, FLAG.endHeaders | FLAG.endStream, 0x80000001, block(...pseudo())),
    promised: OK,
  },
  {
    id: 'ping',
    about: 'a PING ahead of the request',
    rfc: '9113 6.7',
    steps: frame(TYPE.ping, 0, 0, '12345678') + get(),
    promised: OK,
  },
  {
    id: 'two',
    about: 'two streams at once',
    rfc: '9113 5',
    steps: headers(1, pseudo('GET', '/one')) + headers(3, pseudo('GET', '/two')),
    promised: [
      served(sent('GET', '/one'), sent('GET', '/two')),
      { ...served(sent('GET', '/two'), sent('GET', '/one')) },
    ],
  },
  {
    id: 'host-only',
    about: 'Host instead of :authority',
    rfc: '9113 8.3.1',
    steps: headers(1, [
      [':method', 'GET'],
      [':scheme', 'http'],
      [':path', '/x'],
      ['host', 'h.example'],
    ]),
    promised: [served(sent('GET', '/x', { host: ['h.example'] }))],
  },
  {
    id: 'host-too',
    about: 'Host that says the same',
    rfc: '9113 8.3.1',
    steps: get(['host', 'A.example']),
    promised: [served(sent('GET', '/x', { host: ['A.example', 'a.example'] }))],
  },
  {
    id: 'cookies',
    about: 'a cookie in crumbs',
    rfc: '9113 8.2.3',
    steps: get(['cookie', 'a=1'], ['x-between', '1'], ['cookie', 'b=2']),
    promised: [served(sent('GET', '/x', { fields: { cookie: 'a=1; b=2' } }))],
  },
  {
    id: 'te-trailers',
    about: 'TE: trailers',
    rfc: '9113 8.2.2',
    steps: get(['te', 'trailers']),
    promised: [served(sent('GET', '/x', { fields: { te: null } }))],
  },
  {
    id: 'obs-text',
    about: 'bytes above 127 in a value',
    rfc: '9110 5.5',
    steps: get(['x-odd', '\xe4\xff']),
    promised: [served(sent('GET', '/x', { fields: { 'x-odd': '\xe4\xff' } }))],
  },
  { id: 'empty-value', about: 'a value of no bytes', steps: get(['x-empty', '']), promised: OK },
  {
    id: 'trailers',
    about: 'trailers behind the body',
    rfc: '9110 6.5.1',
    steps:
      headers(1, pseudo('POST'), 0) +
      data(1, 'body', 0) +
      headers(1, [
        ['x-late', '1'],
        ['content-length', '9'],
      ]),
    promised: [served({ ...POSTED, fields: { 'x-late': null } }), ...midway(MALFORMED)],
  },
  {
    id: 'options-asterisk',
    about: 'OPTIONS *',
    rfc: '9113 8.3.1',
    steps: headers(1, pseudo('OPTIONS', '*')),
    promised: [ends(1, 204)],
  },
  {
    id: 'scheme-https',
    about: 'a scheme that is not that of the connection',
    rfc: '9113 8.3.1',
    steps: headers(1, [[':method', 'GET'], [':scheme', 'https'], AUTHORITY, [':path', '/x']]),
    promised: [served(sent('GET', '/x', { fields: { 'x-forwarded-proto': 'http' } }))],
  },
  {
    id: 'forwarded',
    about: 'claims about the client',
    rfc: '7239 8.1',
    steps: get(['x-forwarded-for', '6.6.6.6'], ['forwarded', 'for=6.6.6.6']),
    promised: [served(sent('GET', '/x', { fields: { 'x-forwarded-for': '127.0.0.1', forwarded: null } }))],
  },
  {
    id: 'continue',
    about: 'Expect: 100-continue',
    rfc: '9110 10.1.1',
    steps: post([['expect', '100-continue']], 'body'),
    promised: [served({ ...POSTED, fields: { expect: null } })],
  },
]);

const bad = (id: string, about: string, steps: string) => ({ id, about, steps, promised: MALFORMED });

/**
 * nghttp2 leaves such a field out and goes on, and Node passes no word of it: what arrives has one meaning, but the
 * request should be malformed.
 */
const leftOut = (
  id: string,
  about: string,
  fields: readonly Field[],
  seen: Readonly<Record<string, string | null>>,
) => ({
  id,
  about,
  steps: get(...fields),
  promised: [served(sent('GET', '/x', { fields: { 'x-smuggled': null, ...seen } }))],
});

const NAMES = http2Family(
  'h2-name',
  '9113 8.2.1',
  (
    [
      ['space', 'x bad'],
      ['space-last', 'x-bad '],
      ['tab', 'x\tbad'],
      ['colon', 'x:bad'],
      ['cr', 'x\rbad'],
      ['lf', 'x\nbad'],
      ['crlf', 'x: y\r\nx-smuggled'],
      ['nul', 'x\0bad'],
      ['del', 'x\x7fbad'],
      ['above-127', 'x\xe4'],
      ['brackets', 'x(bad)'],
      ['quote', 'x"bad'],
      ['slash', 'x/bad'],
      ['empty', ''],
    ] as const
  ).map(([id, name]) => leftOut(id, `a field name ${JSON.stringify(name)}`, [[name, 'v']], { x: null, 'x-bad': null })),
);

const CASES_OF_NAMES = http2Family('h2-name-case', '9113 8.2.1', [
  bad('upper', 'a field name in capitals', get(['X-Upper', 'v'])),
  bad('mixed', 'one capital letter', get(['x-uPper', 'v'])),
]);

const VALUES = http2Family('h2-value', '9113 8.2.1', [
  ...(
    [
      ['cr', 'a\rb'],
      ['lf', 'a\nb'],
      ['crlf', 'a\r\nx-smuggled: 1'],
      ['request', `a${SMUGGLED}`],
      ['nul', 'a\0b'],
      ['nul-last', 'a\0'],
      ['control', 'a\x01b'],
      ['del', 'a\x7fb'],
      ['space-first', ' a'],
      ['space-last', 'a '],
      ['tab-first', '\ta'],
      ['lf-last', 'a\n'],
      ['cr-last', 'a\r'],
    ] as const
  ).map(([id, value]) => leftOut(id, `a value ${JSON.stringify(value)}`, [['x-value', value]], { 'x-value': null })),
  leftOut(
    'cookie-crlf',
    'a line break in a crumb',
    [
      ['cookie', 'a=1'],
      ['cookie', 'b=2\r\nx-smuggled: 1'],
    ],
    { cookie: 'a=1' },
  ),
  {
    id: 'trailer-crlf',
    about: 'a line break in a trailer',
    steps: headers(1, pseudo('POST'), 0) + data(1, 'body', 0) + headers(1, [['x-t', 'a\r\nb: c']]),
    promised: [served(POSTED)],
  },
]);

const CONNECTION_FIELDS = http2Family('h2-connection-field', '9113 8.2.2', [
  ...(
    [
      ['connection', 'close'],
      ['connection', 'x-forwarded-for'],
      ['keep-alive', 'timeout=5'],
      ['proxy-connection', 'keep-alive'],
      ['transfer-encoding', 'chunked'],
      ['transfer-encoding', 'identity'],
      ['upgrade', 'websocket'],
      ['upgrade', 'h2c'],
      ['te', 'gzip'],
      ['te', 'trailers, deflate'],
      ['te', 'chunked'],
    ] as const
  ).map(([name, value], i) => bad(`${name}-${i}`, `${name}: ${value}`, get([name, value]))),
  bad(
    'chunked-body',
    'Transfer-Encoding beside a body that looks like chunks',
    post([['transfer-encoding', 'chunked']], `0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n`),
  ),
  bad(
    'chunked-and-length',
    'Transfer-Encoding beside a length',
    post(
      [
        ['transfer-encoding', 'chunked'],
        ['content-length', '4'],
      ],
      'body',
    ),
  ),
]);

function without(name: string): Field[] {
  return pseudo().filter(([other]) => other !== name);
}

const PSEUDO = http2Family('h2-pseudo', '9113 8.3', [
  ...[':method', ':scheme', ':path', ':authority'].map((name) =>
    bad(`no-${name.slice(1)}`, `without ${name}`, headers(1, without(name))),
  ),
  ...[':method', ':scheme', ':path', ':authority'].map((name) =>
    bad(
      `twice-${name.slice(1)}`,
      `${name} twice`,
      headers(1, [...pseudo(), ...pseudo().filter(([other]) => other === name)]),
    ),
  ),
  ...[':method', ':scheme', ':path', ':authority'].map((name) =>
    bad(
      `empty-${name.slice(1)}`,
      `${name} without a value`,
      headers(
        1,
        pseudo().map(([other, value]): Field => [other, other === name ? '' : value]),
      ),
    ),
  ),
  bad('unknown', 'one that nobody knows', headers(1, [...pseudo(), [':odd', '1']])),
  bad('status', 'one of answers', headers(1, [...pseudo(), [':status', '200']])),
  bad(
    'protocol',
    'an extended CONNECT that was not offered',
    headers(1, [...pseudo('CONNECT'), [':protocol', 'websocket']]),
  ),
  bad(
    'late',
    'behind a field',
    headers(1, [[':method', 'GET'], [':scheme', 'http'], AUTHORITY, ['x-a', '1'], [':path', '/x']]),
  ),
  bad('upper-case', 'in capitals', headers(1, [[':Method', 'GET'], ...pseudo()])),
  bad('only', 'a section of nothing', headers(1, [])),
  {
    ...bad(
      'in-trailers',
      'in trailers',
      headers(1, pseudo('POST'), 0) + data(1, 'x', 0) + headers(1, [[':path', '/y']]),
    ),
    promised: midway(MALFORMED),
  },
]);

const METHODS = http2Family('h2-method', '9113 8.3.1', [
  ...(
    [
      ['space', 'GET /smuggled HTTP/1.1'],
      ['line', 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\nGET'],
      ['lf', 'GET\n'],
      ['tab', 'GET\t'],
      ['slash', 'GET/'],
      ['nul', 'GET\0'],
    ] as const
  ).map(([id, method]) => bad(id, `the method ${JSON.stringify(method)}`, headers(1, pseudo(method)))),
  { id: 'lower-case', about: 'get', steps: headers(1, pseudo('get')), promised: [ends(1, 501)] },
  { id: 'unknown', about: 'BREW', steps: headers(1, pseudo('BREW')), promised: [ends(1, 501)] },
  {
    id: 'connect',
    about: 'CONNECT',
    rfc: '9113 8.5',
    steps: headers(1, [[':method', 'CONNECT'], AUTHORITY]),
    promised: [ends(1, 501), ...MALFORMED],
  },
  {
    id: 'connect-path',
    about: 'CONNECT with a path',
    rfc: '9113 8.5',
    steps: headers(1, pseudo('CONNECT')),
    promised: [ends(1, 501), ...MALFORMED],
  },
  {
    id: 'pri',
    about: 'the method of the preface',
    steps: headers(1, pseudo('PRI', '*')),
    promised: [...MALFORMED, ends(1, 501)],
  },
  {
    id: 'trace-body',
    about: 'TRACE with a body',
    rfc: '9110 9.3.8',
    steps: headers(1, [...pseudo('TRACE'), ['content-length', '4']], 0) + data(1, 'body'),
    promised: MALFORMED,
  },
]);

const LONG = block(...pseudo('GET', `/${'x'.repeat(17_000)}`));

const PATHS = http2Family('h2-path', '9113 8.3.1', [
  ...(
    [
      ['relative', 'x'],
      ['absolute', 'http://a.example/x'],
      ['absolute-other', 'http://b.example/x'],
      ['asterisk', '*'],
      ['space', '/x y'],
      ['version', '/x HTTP/1.1\r\nHost: b\r\n\r\n'],
      ['request', `/x HTTP/1.1${SMUGGLED}`],
      ['crlf', '/x\r\nx-smuggled: 1'],
      ['lf', '/x\n'],
      ['tab', '/x\ty'],
      ['nul', '/x\0'],
      ['fragment', '/x#y'],
      ['control', '/x\x01'],
      ['del', '/x\x7f'],
      ['above-127', '/\xe4'],
      ['authority', 'a.example:80'],
    ] as const
  ).map(([id, path]) => bad(id, `the path ${JSON.stringify(path)}`, headers(1, pseudo('GET', path)))),
  {
    id: 'two-slashes',
    about: '//b.example/x',
    steps: headers(1, pseudo('GET', '//b.example/x')),
    promised: [served(sent('GET', '//b.example/x'))],
  },
  { id: 'dots', about: '/../x', steps: headers(1, pseudo('GET', '/../x')), promised: [served(sent('GET', '/../x'))] },
  {
    id: 'scheme',
    about: 'a scheme that is none of ours',
    steps: headers(1, [[':method', 'GET'], [':scheme', 'ftp'], AUTHORITY, [':path', '/x']]),
    promised: MALFORMED,
  },
  {
    id: 'scheme-line',
    about: 'a scheme with a request in it',
    steps: headers(1, [[':method', 'GET'], [':scheme', `http://a/x HTTP/1.1${SMUGGLED}`], AUTHORITY, [':path', '/x']]),
    promised: MALFORMED,
  },
  {
    id: 'long',
    about: 'a path that is too long',
    rfc: '9110 15.5.15',
    steps:
      frame(TYPE.headers, FLAG.endStream, 1, LONG.slice(0, 16_000)) +
      frame(TYPE.continuation, FLAG.endHeaders, 1, LONG.slice(16_000)),
    promised: [ends(1, 414)],
  },
]);

const AUTHORITIES = http2Family('h2-authority', '9113 8.3.1', [
  ...(
    [
      ['userinfo', 'user@a.example'],
      ['space', 'a example'],
      ['crlf', 'a.example\r\nx-smuggled: 1'],
      ['path', 'a.example/x'],
      ['list', 'a.example, b.example'],
      ['port', 'a.example:port'],
      ['port-long', 'a.example:123456'],
      ['two-ports', 'a.example:1:2'],
      ['nul', 'a.example\0'],
      ['above-127', '\xe4.example'],
    ] as const
  ).map(([id, authority]) =>
    bad(
      id,
      `:authority ${JSON.stringify(authority)}`,
      headers(1, [
        [':method', 'GET'],
        [':scheme', 'http'],
        [':authority', authority],
        [':path', '/x'],
      ]),
    ),
  ),
  bad('host-differs', 'a Host that says something else', get(['host', 'b.example'])),
  bad(
    'host-twice',
    'two of Host',
    headers(1, [...without(':authority'), ['host', 'a.example'], ['host', 'a.example']]),
  ),
  bad('host-list', 'a Host of two', headers(1, [...without(':authority'), ['host', 'a.example, b.example']])),
  bad('host-empty', 'a Host of nothing', headers(1, [...without(':authority'), ['host', '']])),
]);

const LENGTHS = http2Family('h2-length', '9113 8.1.1', [
  ...(
    [
      ['short', '9', 'body'],
      ['long', '2', 'body'],
      ['zero', '0', 'body'],
    ] as const
  ).map(([id, length, body]) => ({
    id,
    about: `a length of ${length} for ${body.length} bytes`,
    steps: post([['content-length', length]], body),
    promised: midway(MALFORMED),
  })),
  bad('headers-only', 'a length without a body', get(['content-length', '4'])),
  ...(
    [
      ['word', 'four'],
      ['plus', '+4'],
      ['minus', '-4'],
      ['hex', '0x4'],
      ['list', '4, 4'],
      ['decimal', '4.0'],
      ['empty', ''],
      ['huge', '99999999999999999999'],
    ] as const
  ).map(([id, length]) => ({
    ...bad(id, `the length ${JSON.stringify(length)}`, post([['content-length', length]], 'body')),
    promised: midway(MALFORMED),
  })),
  {
    ...bad(
      'twice',
      'the same length twice',
      post(
        [
          ['content-length', '4'],
          ['content-length', '4'],
        ],
        'body',
      ),
    ),
    promised: midway(MALFORMED),
  },
  {
    ...bad(
      'two',
      'two lengths',
      post(
        [
          ['content-length', '4'],
          ['content-length', '40'],
        ],
        'body',
      ),
    ),
    promised: midway(MALFORMED),
  },
]);

const LIMITS = http2Family('h2-limit', '9110 5.4', [
  {
    id: 'count',
    about: '201 fields',
    steps: get(...Array.from({ length: 201 }, (_, i): Field => [`x-${i}`, '1'])),
    promised: [ends(1, 431), ends(1, 'reset')],
  },
  {
    id: 'expectation',
    about: 'an expectation nobody knows',
    rfc: '9110 10.1.1',
    steps: get(['expect', 'a miracle']),
    promised: [ends(1, 417)],
  },
  {
    id: 'max-forwards',
    about: 'OPTIONS that may go no further',
    rfc: '9110 7.6.2',
    steps: headers(1, [...pseudo('OPTIONS'), ['max-forwards', '0']]),
    promised: [ends(1, 204)],
  },
  {
    id: 'preface-only',
    about: 'nothing but the preface',
    rfc: '9113 3.4',
    steps: [PREFACE + settings()],
    promised: [{ ...served(), connection: 'closed' }],
  },
]);

/** Header sections and bodies, as clients may send them and as they may not. */
export const HTTP2_REQUEST_CASES = [
  ...VALID,
  ...NAMES,
  ...CASES_OF_NAMES,
  ...VALUES,
  ...CONNECTION_FIELDS,
  ...PSEUDO,
  ...METHODS,
  ...PATHS,
  ...AUTHORITIES,
  ...LENGTHS,
  ...LIMITS,
];

/** Cases that end well, but not as the RFC has it. */
export const HTTP2_DEVIATIONS: readonly string[] = [...NAMES, ...VALUES].map(({ id }) => id);
