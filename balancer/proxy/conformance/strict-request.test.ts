import { describe, expect, test } from 'vitest';
import { HOST, message } from './case.ts';
import { readRequests } from './strict-request.ts';

const GET = message('GET /a HTTP/1.1', HOST);
const CHUNKED = message('POST /b HTTP/1.1', HOST, 'Transfer-Encoding: chunked');

/** What is read, in short. */
function read(bytes: string) {
  const { requests, end } = readRequests(bytes, 'client');
  return { requests: requests.map(({ method, target, host, body }) => [method, target, host, body]), end };
}

describe('what can be read in one way only is read', () => {
  test.each([
    ['a request', GET, [['GET', '/a', 'a.example', '']]],
    [
      'two requests',
      GET + GET,
      [
        ['GET', '/a', 'a.example', ''],
        ['GET', '/a', 'a.example', ''],
      ],
    ],
    ['an empty line ahead', `\r\n${GET}`, [['GET', '/a', 'a.example', '']]],
    ['a length', `${message('POST /b HTTP/1.1', HOST, 'Content-Length: 2')}hi`, [['POST', '/b', 'a.example', 'hi']]],
    ['chunks', `${CHUNKED}2;x=y\r\nhi\r\n0\r\nT: u\r\n\r\n`, [['POST', '/b', 'a.example', 'hi']]],
    ['absolute-form', message('GET http://a.example?q HTTP/1.1', HOST), [['GET', '/?q', 'a.example', '']]],
    ['nothing', '', []],
  ])('%s', (_, bytes, requests) => {
    expect(read(bytes)).toEqual({ requests, end: 'clean' });
  });

  test('after Connection: close nothing more is read', () => {
    expect(read(message('GET /a HTTP/1.1', HOST, 'Connection: Close') + GET).requests).toHaveLength(1);
  });

  test('a no-break space makes another option of it', () => {
    expect(read(message('GET /a HTTP/1.1', HOST, 'Connection: \xa0close') + GET).requests).toHaveLength(2);
  });

  test('an HTTP/1.0 request ends the conversation, unless it is kept alive', () => {
    expect(read(message('GET /a HTTP/1.0') + GET)).toMatchObject({ end: 'closed' });
    expect(read(message('GET /a HTTP/1.0', 'Connection: keep-alive') + GET).requests).toHaveLength(2);
  });

  test.each([GET.slice(0, 9), GET.slice(0, -2), CHUNKED, `${CHUNKED}5\r\nhel`, `${CHUNKED}0\r\n`])(
    '%j is a beginning',
    (bytes) => {
      expect(read(bytes)).toEqual({ requests: [], end: 'partial' });
    },
  );
});

describe('what can be read in two ways is not read', () => {
  test.each([
    'GET /a HTTP/1.1\nHost: a.example\n\n',
    'GET /a\r\n\r\n',
    'GET  /a HTTP/1.1\r\nHost: a.example\r\n\r\n',
    'GET /a HTTP/1.2\r\nHost: a.example\r\n\r\n',
    message('GET /a HTTP/1.1'),
    message('GET /a HTTP/1.1', HOST, HOST),
    message('GET /a HTTP/1.1', 'Host: a b'),
    message('GET http://b.example/ HTTP/1.1', HOST),
    message('GET /a HTTP/1.1', HOST, 'X : y'),
    message('GET /a HTTP/1.1', HOST, ' X: y'),
    message('GET /a HTTP/1.1', HOST, 'X: \0'),
    message('GET /a HTTP/1.1', HOST, 'X: y\rZ: w'),
    message('GET /a HTTP/1.1', HOST, 'Content-Length: 5', 'Content-Length: 5'),
    message('GET /a HTTP/1.1', HOST, 'Content-Length: +5'),
    message('GET /a HTTP/1.1', HOST, 'Content-Length: 5\xa0'),
    message('GET /a HTTP/1.1', HOST, 'Content-Length: 5', 'Transfer-Encoding: chunked'),
    message('GET /a HTTP/1.1', HOST, 'Transfer-Encoding: gzip, chunked'),
    message('GET /a HTTP/1.0', HOST, 'Transfer-Encoding: chunked'),
    `${CHUNKED}0x2\r\nhi\r\n0\r\n\r\n`,
    `${CHUNKED}2\nhi\r\n0\r\n\r\n`,
    `${CHUNKED}2\r\nhi0\r\n\r\n`,
    `${CHUNKED}10000000000000002\r\nhi\r\n0\r\n\r\n`,
  ])('%j', (bytes) => {
    expect(read(bytes)).toEqual({ requests: [], end: 'malformed' });
  });
});

test('a replica must not be sent framing fields among the trailers', () => {
  const bytes = `${CHUNKED}0\r\nContent-Length: 5\r\n\r\n`;
  expect(readRequests(bytes, 'client').end).toBe('clean');
  expect(readRequests(bytes, 'replica').end).toBe('malformed');
});
