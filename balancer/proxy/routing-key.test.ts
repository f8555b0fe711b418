import { expect, test } from 'vitest';
import { slotOfKey } from '#lib/ring/hash.ts';
import type { RoutingKey } from '../core/traffic.ts';
import { isReserved } from './reserved-path.ts';
import { type KeySource, routingValue, slotChooser } from './routing-key.ts';
import { TRAFFIC } from './testing/traffic.ts';

const request: KeySource = {
  target: '/cart/7?user=a%20b&x=',
  clientAddress: '1.2.3.4',
  field: (name) => ({ 'x-user': 'u7', cookie: 'a=1; session=s=9 ; b=2' })[name] ?? null,
};

test.each<[RoutingKey, string | null]>([
  [{ kind: 'request' }, null],
  [{ kind: 'ip' }, '1.2.3.4'],
  [{ kind: 'path' }, '/cart/7'],
  [{ kind: 'header', name: 'X-User' }, 'u7'],
  [{ kind: 'header', name: 'X-None' }, null],
  [{ kind: 'cookie', name: 'session' }, 's=9'],
  [{ kind: 'cookie', name: 'none' }, null],
  [{ kind: 'query', name: 'user' }, 'a b'],
  [{ kind: 'query', name: 'none' }, null],
])('the key %j is %s', (key, value) => {
  expect(routingValue(key, request)).toBe(value);
});

test('a key always leads to the same slot', () => {
  const choose = slotChooser({ ...TRAFFIC, key: { kind: 'ip' } }, 0);
  expect([choose(request), choose(request)]).toEqual([slotOfKey('1.2.3.4'), slotOfKey('1.2.3.4')]);
});

test('requests without a key visit every slot once in 512', () => {
  for (const key of [{ kind: 'request' }, { kind: 'header', name: 'x-none' }] as const) {
    const choose = slotChooser({ ...TRAFFIC, key }, 1);
    expect(new Set(Array.from({ length: 512 }, () => choose(request))).size).toBe(512);
  }
});

test('the classic function reaches 87 slots', () => {
  const choose = slotChooser({ ...TRAFFIC, slotFunction: 'classic' }, 0);
  const slots = new Set(Array.from({ length: 20_000 }, () => choose(request)));
  expect(slots.size).toBe(87);
});

test.each([
  ['/rep', true],
  ['/add?x', true],
  ['/rm', true],
  ['/_ring/', true],
  ['/_ring/v1/state?x=1', true],
  ['/_ring', false],
  ['/rep/', false],
  ['/repx', false],
  ['/x?/_ring/', false],
])('%s reserved: %s', (target, expected) => {
  expect(isReserved(target)).toBe(expected);
});
