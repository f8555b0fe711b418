import { expect, test } from 'vitest';
import { clientAddress, forwardedValues, NO_CLAIM, plainAddress, TrustedProxies } from './forwarded.ts';

const trusted = new TrustedProxies(['10.0.0.0/8', '::1']);

test.each([
  ['10.1.2.3', true],
  ['11.1.2.3', false],
  ['::1', true],
  ['no address', false],
])('trust in %s is %s', (address, expected) => {
  expect(trusted.has(address)).toBe(expected);
});

test.each(['10.0.0.0/x', 'example.test', ''])('"%s" is no address to trust', (block) => {
  expect(() => new TrustedProxies([block])).toThrow(RangeError);
});

test.each([
  ['9.9.9.9', '1.1.1.1', '9.9.9.9'],
  ['10.0.0.1', '1.1.1.1', '1.1.1.1'],
  ['10.0.0.1', '6.6.6.6, 1.1.1.1, 10.0.0.2', '1.1.1.1'],
  ['10.0.0.1', 'forged nonsense', '10.0.0.1'],
  ['10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
])('behind peer %s claiming "%s" is %s', (peer, claimed, client) => {
  expect(clientAddress(peer, claimed, trusted)).toBe(client);
});

test('a claim counts only from a trusted proxy', () => {
  const claim = { client: '1.1.1.1', proto: 'https', host: 'site.test' };
  expect(forwardedValues('9.9.9.9', 'http', 'h', claim, false)).toEqual({ for: '9.9.9.9', proto: 'http', host: 'h' });
  expect(forwardedValues('10.0.0.1', 'http', 'h', claim, true)).toEqual({
    for: '1.1.1.1, 10.0.0.1',
    proto: 'https',
    host: 'site.test',
  });
  expect(forwardedValues('10.0.0.1', 'http', 'h', NO_CLAIM, true)).toEqual({
    for: '10.0.0.1',
    proto: 'http',
    host: 'h',
  });
});

test('an IPv4 client of a dual-stack listener is an IPv4 client', () => {
  expect(plainAddress('::ffff:1.2.3.4')).toBe('1.2.3.4');
  expect(plainAddress('fe80::1')).toBe('fe80::1');
});
