import { expect, test } from 'vitest';
import { EXPERIMENT_KINDS } from '#lib/lab/experiment.ts';
import { initialValues } from './fields.ts';
import { readRequest } from './request.ts';

test.each(EXPERIMENT_KINDS)('%s can be started as its form stands', (kind) => {
  expect(readRequest(kind, initialValues(kind))).toMatchObject({ ok: true, request: { kind } });
});

test.each([
  ['a1', { replicas: '5', pattern: 'zipf', keyCount: '50' }, { replicas: 5, keys: { kind: 'zipf', keys: 50 } }],
  [
    'a4',
    { request: '(i+1)^2', virtualNode: 'i+j', measure: 'no' },
    { measure: false, custom: [{ request: 'i² + 2i + 1' }] },
  ],
  ['kill', { fault: 'hang', backWithinMs: '3000' }, { fault: 'hang', backWithinMs: 3000 }],
  [
    'load',
    { pace: 'rate', perSecond: '20', requests: '', seconds: '5' },
    { load: { durationMs: 5000, requests: null } },
  ],
  [
    'load',
    { method: 'POST', headers: 'X-Team: red\n\nX-Other:a:b', body: '{}' },
    { load: { headers: { 'X-Team': 'red', 'X-Other': 'a:b' }, body: '{}' } },
  ],
  [
    'load',
    { pattern: 'random', keyPlace: 'query', keyName: 'id' },
    { load: { keyPlace: { kind: 'query', name: 'id' } } },
  ],
] as const)('%s with %j asks for %j', (kind, values, request) => {
  expect(readRequest(kind, { ...initialValues(kind), ...values })).toMatchObject({ ok: true, request });
});

test.each([
  ['a1', { replicas: 'many' }, 'replicas'],
  ['a2', { from: '6', to: '3' }, 'to'],
  ['a4', { request: 'i +', virtualNode: 'j' }, 'request'],
  ['load', { path: 'home' }, 'path'],
  ['load', { requests: '', seconds: '' }, ''],
] as const)('%s with %j is refused at %s', (kind, values, field) => {
  const reading = readRequest(kind, { ...initialValues(kind), ...values });
  expect(reading.ok ? [] : [...reading.problems.keys()]).toContain(field);
});
