import { expect, test } from 'vitest';
import { loadSpec } from '../../../lib/lab/load.ts';
import { requestSource } from './request-text.ts';

const keys = { kind: 'sequential' };

test.each([
  [{}, 'GET /home HTTP/1.1\r\nHost: a:1\r\nUser-Agent: ringmaster-load\r\n\r\n'],
  [{ keys }, 'GET /home HTTP/1.1\r\nHost: a:1\r\nUser-Agent: ringmaster-load\r\nX-Key: 1\r\n\r\n'],
  [{ headers: { 'user-agent': 'me' } }, 'GET /home HTTP/1.1\r\nHost: a:1\r\nuser-agent: me\r\n\r\n'],
  [
    { method: 'POST', body: 'é' },
    'POST /home HTTP/1.1\r\nHost: a:1\r\nUser-Agent: ringmaster-load\r\nContent-Length: 2\r\n\r\n\u00c3\u00a9',
  ],
  [{ method: 'PUT' }, 'PUT /home HTTP/1.1\r\nHost: a:1\r\nUser-Agent: ringmaster-load\r\nContent-Length: 0\r\n\r\n'],
])('the second request of %j goes over the wire as %j', (given, text) => {
  const next = requestSource(loadSpec.parse(given), 'a:1');
  next();
  expect(next()).toBe(text);
});

test.each([
  [{ keys, keyPlace: { kind: 'path' } }, '/home/1'],
  [{ keys, path: '/', keyPlace: { kind: 'path' } }, '/1'],
  [{ keys, keyPlace: { kind: 'query', name: 'id' } }, '/home?id=1'],
  [{ keys, path: '/home?a=b', keyPlace: { kind: 'query', name: 'id' } }, '/home?a=b&id=1'],
])('the second request of %j asks for %s', (given, path) => {
  const next = requestSource(loadSpec.parse(given), 'a:1');
  next();
  expect(next().split(' ')[1]).toBe(path);
});

test.each([
  [{ Host: 'b' }, /the load sets/],
  [{ 'Content-Length': '5' }, /the load sets/],
  [{ 'X-A': 'a\r\nX-B: b' }, /no header value/],
  [{ 'X A': 'a' }, /no header name/],
])('the headers %j are refused', (headers, problem) => {
  expect(loadSpec.safeParse({ headers }).error?.issues[0]?.message).toMatch(problem);
});
