import { expect, test } from 'vitest';
import type { AlertRule } from '#lib/api/alert-rules.ts';
import { formOf, KINDS, readForm, withKind } from './rule-form.ts';

const RULE: AlertRule = {
  id: 'r',
  name: 'Many errors',
  severity: 'critical',
  enabled: true,
  condition: { kind: 'error-ratio', scope: 'replica', overRatio: 0.07, windowMs: 30_000, minRequests: 5 },
  forMs: 1_500,
  clearMs: 0,
};

test('a rule is the same after it was shown and read again', () => {
  const { id: _, ...draft } = RULE;
  expect(readForm(formOf(RULE))).toEqual({ ok: true, draft });
});

test.each(Object.keys(KINDS) as (keyof typeof KINDS)[])('what is proposed for %s is a rule', (kind) => {
  const reading = readForm({ ...withKind(formOf(null), kind), name: 'A rule' });
  expect(reading).toMatchObject({ ok: true, draft: { condition: { kind } } });
});

test('every field that is wrong is named', () => {
  const form = { ...formOf(RULE), name: ' ', bound: 'many', windowS: '1', minRequests: '0', forS: '-1', clearS: '' };
  const reading = readForm(form);
  expect(reading.ok ? [] : [...reading.problems.keys()].sort()).toEqual([
    'bound',
    'clearS',
    'forS',
    'minRequests',
    'name',
    'windowS',
  ]);
});
