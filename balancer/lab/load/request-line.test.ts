import { expect, test } from 'vitest';
import { loadSpec } from '../../../lib/lab/load.ts';
import { requestSource } from './request-line.ts';

const keys = { kind: 'sequential' };

test.each([
  [{}, '/home', {}],
  [{ keys, keyPlace: { kind: 'path' } }, '/home/1', {}],
  [{ keys, path: '/', keyPlace: { kind: 'path' } }, '/1', {}],
  [{ keys, keyPlace: { kind: 'query', name: 'id' } }, '/home?id=1', {}],
  [{ keys, path: '/home?a=b', keyPlace: { kind: 'query', name: 'id' } }, '/home?a=b&id=1', {}],
  [{ keys, keyPlace: { kind: 'header', name: 'X-User' } }, '/home', { 'X-User': '1' }],
])('the second request of %j goes to %s', (given, path, headers) => {
  const next = requestSource(loadSpec.parse(given));
  next();
  expect(next()).toEqual({ path, headers });
});
