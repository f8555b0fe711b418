import { expect, test } from 'vitest';
import { AnswerHead, type Asked } from './answer-head.ts';

const GET: Asked = { isHead: false, isWebSocket: false };
function read(text: string, asked: Asked = GET): AnswerHead | null {
  const head = new AnswerHead();
  return head.read(text, text.indexOf('\r\n\r\n'), asked) ? head : null;
}

test.each<[string, string, Asked, object]>([
  [
    'a length',
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n',
    GET,
    { framing: 'length', contentLength: 5, isReusable: true },
  ],
  ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n', GET, { framing: 'chunked', isReusable: true }],
  ['the end of the connection', 'HTTP/1.1 200 OK\r\n\r\n', GET, { framing: 'close', isReusable: false }],
  ['no body by its status', 'HTTP/1.1 204 No Content\r\n\r\n', GET, { framing: 'none', isReusable: true }],
  [
    'no body to HEAD',
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n',
    { ...GET, isHead: true },
    { framing: 'none', isReusable: true },
  ],
  [
    'a close',
    'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: Close\r\n\r\n',
    GET,
    { framing: 'none', isReusable: false },
  ],
  [
    'HTTP/1.0',
    'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n',
    GET,
    { framing: 'length', isReusable: false, kept: 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n' },
  ],
  ['no reason', 'HTTP/1.1 200\r\nContent-Length: 1\r\n\r\n', GET, { status: 200, framing: 'length' }],
  [
    'an upgrade',
    'HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
    { ...GET, isWebSocket: true },
    { framing: 'tunnel' },
  ],
])('%s delimits the answer', (_, text, asked, expected) => {
  expect(read(text, asked)).toMatchObject(expected);
});

test('fields of the connection, those it names, and a forged signature are cut out', () => {
  const head = read(
    'HTTP/1.1 200 OK\r\nConnection: keep-alive, x-own\r\nX-Own: 1\r\nKeep-Alive: timeout=5\r\nx-ringmaster-replica: no\r\nA: b\r\nContent-Length: 0\r\n\r\n',
  );
  expect(head?.kept).toBe('HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 0\r\n');
});

test.each([
  'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 1\xa0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n',
  'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
  'HTTP/1.1 20 OK\r\n\r\n',
  'HTTP/2.0 200 OK\r\n\r\n',
  'HTTP/1.1 600 X\r\n\r\n',
  'HTTP/1.1 200 OK\nContent-Length: 1\r\n\r\n',
  'HTTP/1.1 200 OK\r\nBad Field: 1\r\n\r\n',
  'HTTP/1.1 101 X\r\nUpgrade: websocket\r\n\r\n',
])('%j is no answer', (text) => {
  expect(read(text)).toBeNull();
});
