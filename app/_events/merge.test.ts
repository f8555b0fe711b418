import { expect, test } from 'vitest';
import type { LifecycleEvent } from '#lib/api/events.ts';
import { isShown, mergeEvents } from './merge.ts';

function event(sequence: number, change: Partial<LifecycleEvent> = {}): LifecycleEvent {
  return {
    sequence,
    at: sequence * 10,
    kind: 'killed',
    severity: 'critical',
    replica: 'S1',
    message: 'killed by operator',
    actor: 'operator',
    incident: null,
    ...change,
  };
}

test('an event that is both live and stored is listed once, newest first', () => {
  const stored = [1, 2].map((n) => ({ ...event(n), id: n, bootId: 'b' }));
  const merged = mergeEvents('b', [event(3), event(2)], stored);
  expect(merged.map((e) => e.link)).toEqual(['b-3', 'b-2', 'b-1']);
});

test('the same number of another boot is another event', () => {
  const before = [{ ...event(1, { at: 5 }), id: 1, bootId: 'a' }];
  expect(mergeEvents('b', [event(1)], before).map((e) => e.link)).toEqual(['b-1', 'a-1']);
});

test.each([
  [{ replica: '', severity: '', find: '' }, true],
  [{ replica: 'S1', severity: 'critical', find: 'OPERATOR' }, true],
  [{ replica: 'S2', severity: '', find: '' }, false],
  [{ replica: '', severity: 'good', find: '' }, false],
  [{ replica: '', severity: '', find: 'paused' }, false],
] as const)('filter %j lets a kill of S1 through: %s', (filter, shown) => {
  expect(isShown(event(1), { about: '', ...filter })).toBe(shown);
});

test('what people did can be told from what the balancer did', () => {
  const everything = { replica: '', severity: '', find: '' } as const;
  const events = [
    { kind: 'killed', actor: 'alice' },
    { kind: 'serving', actor: 'balancer' },
    { kind: 'alert-fired', actor: 'balancer' },
    { kind: 'alert-silenced', actor: 'alice' },
  ] as const;
  const base = { sequence: 1, at: 0, severity: 'info', replica: null, message: '', incident: null } as const;
  const shown = (about: 'people' | 'alerts'): readonly string[] =>
    events.filter((one) => isShown({ ...base, ...one }, { ...everything, about })).map(({ kind }) => kind);
  expect(shown('people')).toEqual(['killed', 'alert-silenced']);
  expect(shown('alerts')).toEqual(['alert-fired', 'alert-silenced']);
});
