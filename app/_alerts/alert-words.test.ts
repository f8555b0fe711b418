import { expect, test } from 'vitest';
import type { AlertView } from '#lib/api/alerts.ts';
import { alertLook, momentLink, presenceOf, turnsBetween } from './alert-words.ts';

function alert(id: string, change: Partial<AlertView> = {}, severity: 'warning' | 'critical' = 'critical'): AlertView {
  return {
    id,
    rule: { id: 'r', name: 'Replica down', severity, condition: { kind: 'replica-down' } },
    replica: 'S2',
    state: 'firing',
    value: 1,
    threshold: 1,
    summary: 'does not serve',
    startsAt: 1_000_000,
    firedAt: 1_010_000,
    endedAt: null,
    ending: null,
    acknowledged: null,
    silencedUntil: null,
    isTold: false,
    ...change,
  };
}

const known = { acknowledged: { at: 1, actor: 'alice' } };
const silenced = { silencedUntil: 2_000_000 };

test.each([
  [[], 'neutral', 'none', ''],
  [[alert('a')], 'critical', '1 critical', ''],
  [[alert('a'), alert('b', {}, 'warning'), alert('c', {}, 'warning')], 'critical', '1 critical', '2 warning'],
  [[alert('a', {}, 'warning')], 'warning', '1 warning', ''],
  [[alert('a', known), alert('b', silenced)], 'neutral', '2 known', ''],
  [[alert('a', known), alert('b', {}, 'warning')], 'warning', '1 warning', ''],
  [[alert('a', { state: 'pending' })], 'neutral', 'none', ''],
] as const)('the headline is loud about what nobody has acknowledged or silenced', (alerts, tone, worst, others) => {
  expect(presenceOf(alerts)).toEqual({ tone, worst, others });
});

test('an alert is told by shape and word too', () => {
  expect(alertLook(alert('a'))).toMatchObject({ shape: 'square', word: 'critical' });
  expect(alertLook(alert('a', {}, 'warning'))).toMatchObject({ shape: 'triangle', word: 'warning' });
  expect(alertLook(alert('a', silenced))).toMatchObject({ shape: 'bars', word: 'critical, silenced' });
  expect(alertLook(alert('a', { state: 'pending' }))).toMatchObject({ shape: 'circle', word: 'pending' });
});

test('what begins to fire is said once, what is silenced never', () => {
  const pending = alert('a', { state: 'pending' });
  expect(turnsBetween([pending], [alert('a')]).fired).toHaveLength(1);
  expect(turnsBetween([alert('a')], [alert('a', { value: 2 })]).fired).toHaveLength(0);
  expect(turnsBetween([], [alert('a', silenced)]).fired).toHaveLength(0);
  expect(turnsBetween([alert('a')], []).over).toHaveLength(1);
  expect(turnsBetween([pending, alert('b', silenced)], []).over).toHaveLength(0);
});

test('the link leads to the charts around the moment it began', () => {
  expect(momentLink(alert('a', { endedAt: 1_100_000 }), 9_000_000)).toBe('/history?from=880000&to=1220000&at=1000000');
});
