import { expect, test } from 'vitest';
import { EXPERIMENT_KINDS, experimentRequest } from './experiment.ts';
import { loadSpec } from './load.ts';

test.each(EXPERIMENT_KINDS.filter((kind) => kind !== 'load'))(
  '%s runs with its defaults when only its name is given',
  (kind) => {
    expect(experimentRequest.parse({ kind })).toMatchObject({ kind });
  },
);

test.each([
  [{ kind: 'a5' }, 'kind'],
  [{ kind: 'a1', requests: 1e9 }, 'requests'],
  [{ kind: 'a2', from: 6, to: 2 }, 'to'],
  [{ kind: 'a4', custom: [{ request: 'i +', virtualNode: 'i+j' }] }, 'custom'],
  [{ kind: 'kill', fault: 'explode' }, 'fault'],
])('%j is refused with the place that is wrong', (request, where) => {
  const parsed = experimentRequest.safeParse(request);
  expect(parsed.success).toBe(false);
  expect(parsed.error?.issues[0]?.path).toContain(where);
});

test('a polynomial that was typed in is kept in normal form', () => {
  const parsed = experimentRequest.parse({ kind: 'a4', custom: [{ request: '(i+1)^2', virtualNode: 'j*i' }] });
  expect(parsed).toMatchObject({ custom: [{ request: 'i² + 2i + 1', virtualNode: 'ij', probing: 'linear' }] });
  expect(experimentRequest.parse(parsed)).toEqual(parsed);
});

test('a load must end', () => {
  expect(loadSpec.safeParse({ requests: null }).success).toBe(false);
  expect(loadSpec.safeParse({ requests: null, durationMs: 1000 }).success).toBe(true);
});

test.each(['http://elsewhere/', '//elsewhere/', 'home', '/a b', '/a\r\nX: y', ''])(
  'a load cannot be aimed at %j',
  (path) => {
    expect(loadSpec.safeParse({ path }).success).toBe(false);
  },
);
