import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeBegun } from './head-grammar.ts';
import { RequestHead } from './request-head.ts';

function read(text: string): { wrong: string | null; head: RequestHead } {
  const head = new RequestHead();
  return { wrong: head.read(text, text.indexOf('\r\n\r\n'), 100, 8192), head };
}
const get = (...fields: string[]) =>
  `GET /x?y HTTP/1.1\r\n${['Host: a', ...fields].map((line) => `${line}\r\n`).join('')}\r\n`;

test('a plain request may take the fast lane, without the fields of its connection', () => {
  const { wrong, head } = read(
    get('Connection: keep-alive', 'Accept: */*', 'X-Forwarded-For: 1.1.1.1', 'TE: trailers'),
  );
  expect(wrong).toBeNull();
  expect(head).toMatchObject({
    method: 'GET',
    target: '/x?y',
    host: 'a',
    framing: 'none',
    isFast: true,
    isLast: false,
    forwardedFor: '1.1.1.1',
    kept: 'GET /x?y HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n',
  });
});

test('an expectation stays in the fast lane and goes on as it came', () => {
  const { head } = read(get('Content-Length: 5', 'Expect: 100-Continue').replace('GET', 'POST'));
  expect(head).toMatchObject({ isFast: true, expectsContinue: true });
  expect(head.kept).toContain('\r\nExpect: 100-Continue\r\n');
});

test.each([
  ['a field named in Connection', get('Connection: x-y')],
  ['an unknown expectation', get('Expect: 100-continue, x')],
  ['an expectation with chunks', get('Expect: 100-continue', 'Transfer-Encoding: chunked').replace('GET', 'POST')],
  ['chunks', get('Transfer-Encoding: chunked').replace('GET', 'POST')],
  ['HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n'],
  ['an absolute target', 'GET http://a/ HTTP/1.1\r\nHost: A\r\n\r\n'],
  ['a rare method', get().replace('GET', 'PROPFIND')],
])('%s needs the general lane', (_, text) => {
  const { wrong, head } = read(text);
  expect(wrong).toBeNull();
  expect(head.isFast).toBe(false);
});

test.each([
  ['two Hosts', get('Host: b'), 'malformed'],
  ['no Host', 'GET / HTTP/1.1\r\n\r\n', 'malformed'],
  ['a Host that is none', 'GET / HTTP/1.1\r\nHost: a/b\r\n\r\n', 'malformed'],
  ['a blank before the colon', get('X : y'), 'malformed'],
  ['a folded line', get('X: y', ' z'), 'malformed'],
  ['a bare LF', 'GET / HTTP/1.1\nHost: a\r\n\r\n', 'malformed'],
  ['a NUL', get('X: \0'), 'malformed'],
  ['two lengths', get('Content-Length: 1', 'Content-Length: 1'), 'malformed'],
  ['a list of lengths', get('Content-Length: 1, 1'), 'malformed'],
  ['a signed length', get('Content-Length: +1'), 'malformed'],
  ['a length with a non-breaking space', get('Content-Length: 1\xa0'), 'malformed'],
  ['a length and chunks', get('Content-Length: 1', 'Transfer-Encoding: chunked'), 'malformed'],
  ['chunks that are not last', get('Transfer-Encoding: chunked, gzip'), 'malformed'],
  ['chunks twice', get('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'), 'malformed'],
  ['chunks in HTTP/1.0', 'POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n', 'malformed'],
  ['another coding', get('Transfer-Encoding: gzip, chunked'), 'not-implemented'],
  ['CONNECT', 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n', 'not-implemented'],
  ['a target that disagrees with Host', 'GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n', 'malformed'],
  ['a fragment', 'GET /#x HTTP/1.1\r\nHost: a\r\n\r\n', 'malformed'],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\n', 'version-not-supported'],
  ['too many fields', get(...Array<string>(100).fill('X: y')), 'header-too-large'],
  ['a target that is too long', `GET /${'x'.repeat(9000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 'target-too-long'],
])('%s is refused', (_, text, code) => {
  expect(read(text).wrong).toBe(code);
});

test('every beginning of a right section may still become one', () => {
  const text = get('Accept: */*', 'X:', 'Y: \xff');
  for (let length = 0; length < text.length; length++) expect(judgeBegun(text.slice(0, length))).toBeNull();
});

test.each(['GET /\r\n', 'GET / HTTP/1.1\r\nno field\r\n', 'GET / HTTP/1.1\n'])(
  '%j cannot become right any more',
  (text) => {
    expect(judgeBegun(text)).not.toBeNull();
  },
);

test('a head is read or refused, never thrown over', () => {
  const line = fc.string({ unit: fc.constantFrom(...'aA:, \t\r\n\0/1chunkedConnectionHost-') });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
      const { wrong, head } = read(`GET / HTTP/1.1\r\nHost: a\r\n${lines.map((text) => `${text}\r\n`).join('')}\r\n`);
      if (wrong === null) expect(head.text.startsWith('GET / HTTP/1.1\r\n')).toBe(true);
    }),
  );
});
