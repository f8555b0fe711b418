import { expect, test } from 'vitest';
import { message } from './case.ts';
import { readAnswers } from './strict-answer.ts';

const HELLO = `${message('HTTP/1.1 200 OK', 'Content-Length: 5')}hello`;

/** What is read, in short. */
function read(bytes: string, methods: readonly string[] = ['GET', 'GET'], ended = false) {
  const { answers, end, rest } = readAnswers(bytes, methods, ended);
  return { answers: answers.map(({ status, body }) => [status, body]), end, rest };
}

test.each([
  ['a length', HELLO, ['GET'], [[200, 'hello']]],
  [
    'chunks',
    `${message('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked')}5\r\nhello\r\n0\r\n\r\n`,
    ['GET'],
    [[200, 'hello']],
  ],
  [
    'two answers',
    HELLO + HELLO,
    ['GET', 'GET'],
    [
      [200, 'hello'],
      [200, 'hello'],
    ],
  ],
  [
    'an answer to HEAD, and one to GET',
    message('HTTP/1.1 200 OK', 'Content-Length: 5') + HELLO,
    ['HEAD', 'GET'],
    [
      [200, ''],
      [200, 'hello'],
    ],
  ],
  [
    '204 and 304',
    message('HTTP/1.1 204 No Content') + message('HTTP/1.1 304 Not Modified', 'Content-Length: 9'),
    ['GET', 'GET'],
    [
      [204, ''],
      [304, ''],
    ],
  ],
  ['an interim answer first', message('HTTP/1.1 103 Early Hints') + HELLO, ['GET'], [[200, 'hello']]],
])('%s is read', (_, bytes, methods, answers) => {
  expect(read(bytes, methods)).toEqual({ answers, end: 'clean', rest: '' });
});

test('a body that ends with the connection is whole only then', () => {
  const bytes = `${message('HTTP/1.1 200 OK')}hello`;
  expect(read(bytes, ['GET'], false).answers).toEqual([]);
  expect(read(bytes, ['GET'], true).answers).toEqual([[200, 'hello']]);
});

test('a body shorter than it says is no answer, even when the connection ends', () => {
  expect(read(HELLO.slice(0, -1), ['GET'], true)).toMatchObject({ answers: [], end: 'partial' });
});

test('what follows Connection: close is left over', () => {
  const bytes = `${message('HTTP/1.1 400 Bad Request', 'Connection: close', 'Content-Length: 0')}junk`;
  expect(read(bytes)).toMatchObject({ answers: [[400, '']], rest: 'junk' });
});

test.each([
  'HTTP/1.1 20 OK\r\n\r\n',
  'HTTP/2.0 200 OK\r\n\r\n',
  message('HTTP/1.1 200 OK', 'Content-Length: 5', 'Content-Length: 5'),
  message('HTTP/1.1 200 OK', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
  message('HTTP/1.1 200 OK', 'Transfer-Encoding: gzip'),
  message('HTTP/1.1 200 OK', 'X: y\rZ: w'),
  `${message('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked')}x\r\n`,
])('%j is not read', (bytes) => {
  expect(read(bytes)).toMatchObject({ answers: [], end: 'malformed' });
});
