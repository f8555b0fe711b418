import { expect, test } from 'vitest';
import { type AccessPolicy, type CallFacts, isKnownHost, refuseCall } from './guard.ts';

const same = (a: string, b: string): boolean => a === b;
const open: AccessPolicy = { changes: { kind: 'open' }, reading: { kind: 'open' }, allowedHosts: ['lb.example.com'] };
const withToken: AccessPolicy = { ...open, changes: { kind: 'token', token: 'secret-token' } };
const closed: AccessPolicy = { ...open, changes: { kind: 'closed' } };
const guarded: AccessPolicy = { ...withToken, reading: { kind: 'token', token: 'viewer-token' } };
const none = { origin: undefined, fetchSite: undefined, authorization: undefined };

function call(change: Partial<CallFacts>): CallFacts {
  return { method: 'GET', path: '/_ring/v1/state', host: 'localhost:5000', ...none, ...change };
}

test.each([
  ['localhost', true],
  ['localhost:5000', true],
  ['LOCALHOST.', true],
  ['app.localhost', true],
  ['127.0.0.1:80', true],
  ['[::1]:80', true],
  ['[fe80::1]', true],
  ['ringmaster', true],
  ['lb.example.com:443', true],
  ['other.example.com', false],
  ['localhost.evil.com', false],
  ['127.0.0.1.nip.io', false],
  ['', false],
  ['a b', false],
  ['[::1', false],
  ['user@localhost', false],
])('host %j is known: %s', (host, known) => {
  expect(isKnownHost(host, ['lb.example.com'])).toBe(known);
});

test.each<[Partial<CallFacts>, AccessPolicy, string | undefined]>([
  [{}, open, undefined],
  [{ host: undefined }, open, 'unknown-host'],
  [{ host: 'evil.com' }, open, 'unknown-host'],
  [{ fetchSite: 'cross-site' }, open, 'cross-site'],
  [{ fetchSite: 'same-site' }, open, 'cross-site'],
  [{ fetchSite: 'same-origin', origin: 'http://localhost:5000' }, open, undefined],
  [{ origin: 'http://localhost:3000' }, open, 'cross-site'],
  [{ origin: 'null' }, open, 'cross-site'],
  [{ method: 'POST' }, open, undefined],
  [{ method: 'POST' }, closed, 'unauthorized'],
  [{ method: 'GET' }, closed, undefined],
  [{ method: 'DELETE' }, withToken, 'unauthorized'],
  [{ method: 'DELETE', authorization: 'Bearer secret-token' }, withToken, undefined],
  [{ method: 'DELETE', authorization: 'bearer  secret-token' }, withToken, undefined],
  [{ method: 'DELETE', authorization: 'Bearer secret-tokens' }, withToken, 'unauthorized'],
  [{ method: 'DELETE', authorization: 'Basic secret-token' }, withToken, 'unauthorized'],
  [{ method: 'HEAD' }, withToken, undefined],
  [{ method: 'BREW' }, withToken, 'unauthorized'],
  [{}, guarded, 'unauthorized'],
  [{ path: '/_ring/v1/events' }, guarded, 'unauthorized'],
  [{ path: '/_ring/metrics', authorization: 'Bearer wrong-token' }, guarded, 'unauthorized'],
  [{ path: '/_ring/healthz' }, guarded, undefined],
  [{ path: '/_ring/readyz' }, guarded, undefined],
  [{ path: '/rep' }, guarded, undefined],
  [{ authorization: 'Bearer viewer-token' }, guarded, undefined],
  [{ authorization: 'Bearer secret-token' }, guarded, undefined],
  [{ method: 'POST', authorization: 'Bearer viewer-token' }, guarded, 'read-only'],
  [{ method: 'POST', path: '/add', authorization: 'Bearer viewer-token' }, guarded, 'read-only'],
  [{ method: 'POST', authorization: 'Bearer secret-token' }, guarded, undefined],
])('%j with %j: %s', (facts, policy, code) => {
  expect(refuseCall(call(facts), policy, same)?.code).toBe(code);
});
