import { expect, test } from 'vitest';
import { AnswerReader } from './answer-reader.ts';

interface Read {
  readonly status: number;
  readonly replica: string;
  readonly isReusable: boolean;
  readonly state: 'done' | 'broken' | 'open';
}

/** `size`: how many bytes come at a time. */
function read(text: string, size: number, isToHead = false): Read {
  const reader = new AnswerReader();
  reader.begin(isToHead);
  const bytes = Buffer.from(text, 'latin1');
  // As on a wire: what stands behind the bytes that came is old.
  const room = Buffer.alloc(size + 64, '\r\n0\r\n\r\n');
  for (let at = 0; at < bytes.length; at += size) reader.read(room, bytes.copy(room, 0, at, at + size));
  const { status, replica, isReusable } = reader;
  return { status, replica, isReusable, state: reader.isDone ? 'done' : reader.isBroken ? 'broken' : 'open' };
}

const CASES: readonly (readonly [string, string, Partial<Read>])[] = [
  ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Ringmaster-Replica: S7\r\n\r\nok', { replica: 'S7' }],
  ['a length of nothing', 'HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n', { status: 200 }],
  ['a status without words', 'HTTP/1.1 503 \r\nContent-Length: 0\r\n\r\n', { status: 503 }],
  ['no body by its status', 'HTTP/1.1 204 No Content\r\n\r\n', { status: 204 }],
  ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\na;x=y\r\n0123456789\r\n0\r\n\r\n', {}],
  ['trailers', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nA: b\r\n\r\n', {}],
  [
    'something before it',
    'HTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na',
    { status: 200 },
  ],
  ['a farewell', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', { isReusable: false }],
  ['an old version', 'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na', { isReusable: false }],
  ['no end but the connection’s', 'HTTP/1.1 200 OK\r\n\r\nabc', { state: 'open' }],
  ['too few bytes', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc', { state: 'open' }],
  ['more than its length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabc', { state: 'broken' }],
  ['a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: 2x\r\n\r\nabc', { state: 'broken' }],
  ['a chunk size that is none', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', { state: 'broken' }],
  ['no status line', 'hello\r\n\r\n', { state: 'broken' }],
];

for (const size of [1, 7, 10_000]) {
  test.each(CASES)(`an answer with %s is read, ${size} bytes at a time`, (_, text, expected) => {
    expect(read(text, size)).toMatchObject({ state: 'done', ...expected });
  });
}

test('the answer to HEAD ends with its head, whatever length it names', () => {
  expect(read('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', 1000, true).state).toBe('done');
});

test('an answer that ends with its connection is whole then, one that names a length is not', () => {
  const reader = new AnswerReader();
  for (const [fields, isWhole] of [
    ['', true],
    ['Content-Length: 5\r\n', false],
  ] as const) {
    reader.begin(false);
    const bytes = Buffer.from(`HTTP/1.1 200 OK\r\n${fields}\r\nabc`);
    reader.read(bytes, bytes.length);
    expect(reader.end()).toBe(isWhole);
  }
});
