import { sent } from '../../case.ts';
import { block, data, FLAG, frame, headers, number, settings, TYPE } from '../frames.ts';
import {
  AUTHORITY,
  ends,
  get,
  http2Family,
  MALFORMED,
  midway,
  OK,
  POSTED,
  post,
  pseudo,
  served,
} from '../http2-case.ts';

const padded = (type: number, flags: number, payload: string): string =>
  frame(type, flags | FLAG.padded, 1, `\x05${payload}\0\0\0\0\0`);

/** As clients may send them. */
export const VALID = http2Family('h2-valid', '9113 8.3', [
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
