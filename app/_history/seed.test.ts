import { expect, test } from 'vitest';
import type { Sample } from '#lib/api/samples.ts';
import { replicaOf, stateOf } from '../_testing/state.ts';
import { framesOf } from './seed.ts';

function sample(at: number, errorsPerSecond: number): Sample {
  const figures = { requestsPerSecond: 5, errorsPerSecond, inFlight: 0, p50Ms: 1, p99Ms: 2 };
  const replica = { name: 'S1', seat: 1, status: 'serving' as const, ...figures, cpuPercent: null, memoryBytes: null };
  return { at, serving: 1, ...figures, retriesPerSecond: 0, lostPerSecond: 0, replicas: [replica] };
}

test('totals are counted back from now, so that the first live second shows no leap', () => {
  const traffic = { ...replicaOf(1).traffic, errors: 10 };
  const now = stateOf(1, { replicas: [replicaOf(1, { traffic })] });
  const frames = framesOf([sample(1, 0), sample(2, 3), sample(3, 1)], now);
  expect(frames.map((frame) => frame.replicas[0]?.traffic.errors)).toEqual([6, 9, 10]);
  expect(frames.map((frame) => frame.at)).toEqual([1, 2, 3]);
});
