import { expect, test } from 'vitest';
import { hasToken, isHopByHop, namedInConnection } from './hop-by-hop.ts';

test.each([
  ['close', []],
  ['keep-alive, X-Foo', ['x-foo']],
  [' X-A ,\tx-b,', ['x-a', 'x-b']],
  ['X-Forwarded-For, Host, Content-Length, Cookie, Authorization, Forwarded', []],
  ['upgrade, HTTP2-Settings', ['http2-settings']],
])('Connection: %s names %j', (value, names) => {
  expect([...namedInConnection(value)]).toEqual(names);
});

test('a token is found whatever its case, and only as a whole', () => {
  expect(hasToken('keep-alive, Close', 'close')).toBe(true);
  expect(hasToken('closed', 'close')).toBe(false);
});

test.each(['connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'keep-alive'])('%s is hop-by-hop', (name) => {
  expect(isHopByHop(name)).toBe(true);
});
