import { sent } from '../../case.ts';
import { block, data, type Field, FLAG, frame, headers, TYPE } from '../frames.ts';
import {
  AUTHORITY,
  bad,
  ends,
  get,
  http2Family,
  MALFORMED,
  midway,
  pseudo,
  SMUGGLED,
  served,
  without,
} from '../http2-case.ts';

export const PSEUDO = http2Family('h2-pseudo', '9113 8.3', [
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

export const METHODS = http2Family('h2-method', '9113 8.3.1', [
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

export const PATHS = http2Family('h2-path', '9113 8.3.1', [
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

export const AUTHORITIES = http2Family('h2-authority', '9113 8.3.1', [
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
