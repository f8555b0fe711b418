import { expect, test } from 'vitest';
import type { AlertCondition } from '../../../lib/api/alert-rules.ts';
import type { ReplicaStatus } from '../../../lib/api/state.ts';
import { type CounterPast, remember } from './counter-past.ts';
import { measure } from './measure.ts';
import type { FleetSignals, ReplicaSignals } from './signals.ts';

const NONE = { requests: 0, errors: 0, lost: 0 };

function replica(seat: number, change: Partial<ReplicaSignals> = {}): ReplicaSignals {
  const base = { name: `S${seat}`, seat, status: 'serving' as const, reason: null, totals: NONE };
  return { ...base, p99Ms: null, recoveryMs: null, ...change };
}

function fleet(change: Partial<FleetSignals> = {}): FleetSignals {
  const replicas = change.replicas ?? [replica(1), replica(2)];
  const base = { isSettled: true, desired: 2, serving: 2, isRuntimeReachable: true, totals: NONE, p99Ms: null };
  return { ...base, ...change, replicas };
}

/** Who holds a condition, with the value. */
function holders(condition: AlertCondition, now: FleetSignals, past: CounterPast = []): readonly unknown[] {
  return measure(condition, now, past)
    .filter(({ holds }) => holds)
    .map(({ replica: name, value }) => [name, value]);
}

test.each<[ReplicaStatus, boolean]>([
  ['serving', false],
  ['degraded', false],
  ['starting', false],
  ['paused', false],
  ['draining', false],
  ['down', true],
  ['replacing', true],
  ['crash-looping', true],
  ['ejected', true],
])('a replica that is %s is down: %s', (status, isDown) => {
  const now = fleet({ replicas: [replica(1), replica(2, { status })] });
  expect(holders({ kind: 'replica-down' }, now)).toEqual(isDown ? [['S2', 1]] : []);
});

test('as many as the rule says have to be missing', () => {
  const condition = { kind: 'too-few-serving', missing: 2 } as const;
  expect(holders(condition, fleet({ desired: 5, serving: 4 }))).toEqual([]);
  expect(holders(condition, fleet({ desired: 5, serving: 3 }))).toEqual([[null, 2]]);
  expect(holders(condition, fleet({ desired: 0, serving: 0 }))).toEqual([]);
});

test('a latency is compared with its bound, and none is not slow', () => {
  const now = fleet({ p99Ms: 500, replicas: [replica(1, { p99Ms: 501 }), replica(2)] });
  expect(holders({ kind: 'slow-answers', scope: 'fleet', overMs: 500 }, now)).toEqual([]);
  expect(holders({ kind: 'slow-answers', scope: 'replica', overMs: 500 }, now)).toEqual([['S1', 501]]);
});

test('a recovery is slow while it lasts too long, and when it did', () => {
  const now = fleet({ replicas: [replica(1, { recoveryMs: 10_001 }), replica(2, { recoveryMs: 900 })] });
  expect(holders({ kind: 'slow-recovery', overMs: 10_000 }, now)).toEqual([['S1', 10_001]]);
});

test('the runtime is away for the whole fleet', () => {
  expect(holders({ kind: 'runtime-away' }, fleet({ isRuntimeReachable: false }))).toEqual([[null, 1]]);
});

/** A minute in which `errors` of `requests` of S1 failed, evenly, after an hour without any. */
function minute(requests: number, errors: number): { readonly past: CounterPast; readonly now: FleetSignals } {
  let past: CounterPast = [];
  let now = fleet();
  for (let second = 0; second <= 60; second++) {
    const part = second / 60;
    const totals = { requests: 5_000 + requests * part, errors: 100 + errors * part, lost: errors * part };
    now = fleet({ totals, replicas: [replica(1, { totals }), replica(2)] });
    past = remember(past, second * 1_000, now);
  }
  return { past, now };
}

const ratio = { kind: 'error-ratio', overRatio: 0.05, windowMs: 60_000, minRequests: 20 } as const;

test.each([
  ['more than the ratio failed', 600, 60, [[null, 0.1]]],
  ['exactly the ratio failed', 600, 30, []],
  ['too few requests came to tell', 10, 10, []],
  ['nothing came', 0, 0, []],
] as const)('errors of the fleet within the window: %s', (_, requests, errors, expected) => {
  const { past, now } = minute(requests, errors);
  expect(holders({ ...ratio, scope: 'fleet' }, now, past)).toEqual(expected);
});

test('errors of one replica are its own', () => {
  const { past, now } = minute(600, 60);
  expect(holders({ ...ratio, scope: 'replica' }, now, past)).toEqual([['S1', 0.1]]);
});

test('what happened before the window does not count', () => {
  let { past, now } = minute(600, 60);
  for (let second = 61; second <= 75; second++) {
    const totals = { requests: 5_600 + second * 10, errors: 160, lost: 60 };
    now = fleet({ totals });
    past = remember(past, second * 1_000, now);
  }
  expect(holders({ ...ratio, scope: 'fleet', windowMs: 10_000 }, now, past)).toEqual([]);
  expect(holders({ kind: 'requests-lost', count: 1, windowMs: 10_000 }, now, past)).toEqual([]);
  expect(holders({ kind: 'requests-lost', count: 1, windowMs: 60_000 }, now, past)).toEqual([
    [null, expect.any(Number)],
  ]);
});

test('totals that began anew are counted from there', () => {
  let past = remember([], 0, fleet({ totals: { requests: 9_000, errors: 900, lost: 9 } }));
  const now = fleet({ totals: { requests: 100, errors: 50, lost: 0 } });
  past = remember(past, 1_000, now);
  expect(holders({ ...ratio, scope: 'fleet' }, now, past)).toEqual([[null, 0.5]]);
});

test('the past is bounded', () => {
  let past: CounterPast = [];
  for (let second = 0; second < 2_000; second++) past = remember(past, second * 1_000, fleet());
  expect(past.length).toBeLessThanOrEqual(603);
});
