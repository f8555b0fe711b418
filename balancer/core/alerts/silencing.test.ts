import { expect, test } from 'vitest';
import type { Silence } from '../../../lib/api/alerts.ts';
import { silencedUntil } from './silencing.ts';

function silence(ruleId: string | null, replica: string | null, until = 100): Silence {
  return { id: 's', ruleId, replica, at: 0, until, reason: '', actor: 'alice' };
}

const alert = { rule: { id: 'down' }, replica: 'S1' };

test.each([
  ['its rule', silence('down', null), 100],
  ['its replica', silence(null, 'S1'), 100],
  ['both', silence('down', 'S1'), 100],
  ['everything', silence(null, null), 100],
  ['another rule', silence('slow', null), null],
  ['another replica', silence(null, 'S2'), null],
  ['its rule at another replica', silence('down', 'S2'), null],
  ['its rule, but it ran out', silence('down', null, 50), null],
] as const)('a silence of %s', (_, one, until) => {
  expect(silencedUntil(alert, [one], 50)).toBe(until);
});

test('the longest silence counts, and one of a replica is none of the fleet', () => {
  expect(silencedUntil(alert, [silence('down', null, 90), silence(null, 'S1', 200)], 50)).toBe(200);
  expect(silencedUntil({ ...alert, replica: null }, [silence(null, 'S1')], 50)).toBeNull();
});
