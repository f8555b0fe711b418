import { expect, test } from 'vitest';
import { experimentRequest } from './experiment.ts';
import { parametersOf } from './parameters.ts';
import type { Run } from './run.ts';

function rowsOf(given: object): Map<unknown, unknown> {
  const run = { request: experimentRequest.parse(given), environment: { cores: 2 } } as unknown as Run;
  return new Map(parametersOf(run).rows.map(([name, value]) => [name, value]));
}

test('a load is described as it would be typed', () => {
  const load = {
    method: 'POST',
    path: '/orders',
    body: '{}',
    headers: { 'X-Team': 'red' },
    pace: { kind: 'rate', perSecond: 50 },
    durationMs: 5000,
    keys: { kind: 'zipf', keys: 100, exponent: 1.2 },
  };
  expect(rowsOf({ kind: 'load', load })).toEqual(
    new Map([
      ['request', 'POST /orders'],
      ['header', 'X-Team: red'],
      ['body', '{}'],
      ['pace', '50 requests a second, at most 64 at a time'],
      ['ends after', '10000 requests or 5 s'],
      ['keys', 'zipf:100:1.2 in header:X-Key'],
      ['timeout ms', '10000'],
      ['seed', '1'],
      ['cores', '2'],
    ]),
  );
});

test('a kill demo says what was claimed, given or not', () => {
  expect(rowsOf({ kind: 'kill' }).get('back within ms')).toBe('1000');
  expect(rowsOf({ kind: 'kill', backWithinMs: 500 }).get('back within ms')).toBe('500');
  expect(rowsOf({ kind: 'kill', fault: 'all' }).get('max lost')).toBe('any');
});

test('A-4 names its schemes and the functions of one’s own', () => {
  const rows = rowsOf({ kind: 'a4', custom: [{ request: '5i+3', virtualNode: '57i+31j' }] });
  expect(rows.get('schemes')).toBe('all');
  expect(rows.get('custom')).toBe('H=5i + 3, Φ=57i + 31j, linear');
});
