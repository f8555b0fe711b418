import { sent } from '../../case.ts';
import { data, type Field, headers } from '../frames.ts';
import { bad, get, http2Family, POSTED, post, pseudo, SMUGGLED, served } from '../http2-case.ts';

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

export const NAMES = http2Family(
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

export const CASES_OF_NAMES = http2Family('h2-name-case', '9113 8.2.1', [
  bad('upper', 'a field name in capitals', get(['X-Upper', 'v'])),
  bad('mixed', 'one capital letter', get(['x-uPper', 'v'])),
]);

export const VALUES = http2Family('h2-value', '9113 8.2.1', [
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
  {
    ...leftOut('host', 'a Host that is none', [['host', 'a/b']], {}),
    promised: [served(sent('GET', '/x', { host: ['a.example'] }))],
  },
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

export const CONNECTION_FIELDS = http2Family('h2-connection-field', '9113 8.2.2', [
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
