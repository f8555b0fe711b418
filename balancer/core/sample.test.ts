import { expect, test } from 'vitest';
import type { ReplicaSample, Sample } from '../../lib/api/samples.ts';
import type { ReplicaView, State } from '../../lib/api/state.ts';
import { bucketOf, HISTOGRAM_BUCKETS } from './histogram.ts';
import { addLatency, type LatencyCounts, NO_LATENCY } from './latency-sum.ts';
import { type Reading, resolutionOf, rollUp, sampleBetween } from './sample.ts';

const HOUR = 3_600_000;

function reading(errors: number, lost: number): Reading {
  const traffic = { requestsPerSecond: 10, inFlight: 1, p50Ms: 1, p99Ms: 2, requests: 100, errors, retries: 0 };
  const replica: ReplicaView = {
    name: 'S1',
    seat: 1,
    status: 'serving',
    reason: null,
    since: 0,
    available: true,
    slots: 512,
    restarts: 0,
    standby: 'none',
    instance: null,
    traffic,
    resources: null,
  };
  const totals: State['totals'] = { ...traffic, lost, spilled: 0, serving: 1 };
  return { totals, replicas: [replica], latency: NO_LATENCY };
}

function someSample(change: Partial<Sample>, replica: Partial<ReplicaSample>): Sample {
  return { ...sampleBetween(0, null, reading(0, 0)), ...change, replicas: [{ ...replicaSample(), ...replica }] };
}

function replicaSample(): ReplicaSample {
  const [one] = sampleBetween(0, null, reading(0, 0)).replicas;
  if (one === undefined) throw new Error('no replica');
  return one;
}

test('a sample holds what a second added to the totals', () => {
  const sample = sampleBetween(5_000, reading(3, 1), reading(7, 1));
  expect(sample).toMatchObject({ at: 5_000, requestsPerSecond: 10, errorsPerSecond: 4, lostPerSecond: 0 });
  expect(sample.replicas[0]).toMatchObject({ name: 'S1', errorsPerSecond: 4, memoryBytes: null });
});

test('the first second, and one after totals began anew, add nothing', () => {
  expect(sampleBetween(0, null, reading(7, 2)).errorsPerSecond).toBe(0);
  expect(sampleBetween(0, reading(7, 2), reading(1, 0)).errorsPerSecond).toBe(0);
});

test('a coarser sample has the mean rate, the worst memory, the fewest serving and the last state', () => {
  const fine = [
    someSample({ requestsPerSecond: 10, p99Ms: 4, serving: 3 }, { status: 'serving', memoryBytes: 5 }),
    someSample({ requestsPerSecond: 20, p99Ms: null, serving: 2 }, { status: 'down', memoryBytes: null }),
    someSample({ requestsPerSecond: 30, p99Ms: null, serving: 3 }, { status: 'replacing', memoryBytes: 4 }),
  ];
  const coarse = rollUp(60_000, fine, NO_LATENCY);
  expect(coarse).toMatchObject({ at: 60_000, requestsPerSecond: 20, p99Ms: null, serving: 2 });
  expect(coarse.replicas[0]).toMatchObject({ status: 'replacing', memoryBytes: 5, cpuPercent: null });
});

/** A second in which seat 1 answered `counts`: [ms, how many]. */
function second(...counts: readonly (readonly [number, number])[]): LatencyCounts {
  const own = new Float64Array(HISTOGRAM_BUCKETS);
  for (const [ms, count] of counts) own[bucketOf(ms * 1_000)] = count;
  return { fleet: own, seats: new Map([[1, own]]) };
}

test('percentiles of a coarser sample are those of all its requests, not of its parts', () => {
  // One slow second of few requests: the worst p99 of the parts is 900 ms, that of all requests is not.
  const latency = [second([10, 1_000]), second([10, 1_000]), second([900, 5])].reduce(addLatency, NO_LATENCY);
  const fine = [someSample({ p99Ms: 10 }, {}), someSample({ p99Ms: 10 }, {}), someSample({ p99Ms: 900 }, {})];
  const coarse = rollUp(10_000, fine, latency);
  expect(coarse.p99Ms).toBeGreaterThan(9.6);
  expect(coarse.p99Ms).toBeLessThan(10.4);
  expect(coarse.replicas[0]?.p99Ms).toBe(coarse.p99Ms);
});

test('of samples whose counts an earlier start took with it, the worst percentile counts', () => {
  const fine = [someSample({ at: 0, p99Ms: 90 }, { p99Ms: 90 }), someSample({ at: 1_000, p99Ms: 10 }, { p99Ms: 10 })];
  const coarse = rollUp(0, fine, second([10, 100]), 1_000);
  expect(coarse).toMatchObject({ p99Ms: 90, replicas: [{ p99Ms: 90 }] });
});

test.each([
  ['the last five minutes', 5 * 60_000, 1_000],
  ['the last hour', HOUR, 10_000],
  ['the last six hours', 6 * HOUR, 60_000],
  ['the last day', 24 * HOUR, 300_000],
  ['the last week', 7 * 24 * HOUR, 1_800_000],
  ['the last 30 days', 30 * 24 * HOUR, 7_200_000],
  ['longer than anything is kept', 300 * 24 * HOUR, 7_200_000],
])('%s is told by whole steps, as finely as fits a page', (_, span, stepMs) => {
  const now = 1e12;
  expect(resolutionOf(now - span, now, now)).toBe(stepMs);
});

test('minutes long ago come at the step that reaches back to them', () => {
  const now = 1e12;
  expect(resolutionOf(now - 3 * HOUR, now - 3 * HOUR + 60_000, now)).toBe(10_000);
});
