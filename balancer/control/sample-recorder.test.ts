import { expect, test } from 'vitest';
import { MemoryStore } from '../core/memory-store.ts';
import type { Reading } from '../core/sample.ts';
import { SampleRecorder } from './sample-recorder.ts';

const START = 1_000_000_020_000;

function reading(requestsPerSecond: number): Reading {
  const traffic = { requestsPerSecond, inFlight: 0, p50Ms: null, p99Ms: null, requests: 0, errors: 0, retries: 0 };
  return { totals: { ...traffic, lost: 0, spilled: 0, serving: 3 }, replicas: [] };
}

function rates(store: MemoryStore, stepMs: number): number[] {
  return store.samples({ stepMs, every: 1, from: 0, to: START * 2 }).map((sample) => sample.requestsPerSecond);
}

test('each second is kept, and each ten seconds and minute as the mean of theirs when they are over', () => {
  const store = new MemoryStore();
  const recorder = new SampleRecorder(store);
  for (let second = 0; second < 131; second++) recorder.record(START + second * 1_000 + 350, reading(second));
  expect(rates(store, 1_000)).toHaveLength(131);
  expect(rates(store, 10_000).slice(0, 2)).toEqual([4.5, 14.5]);
  expect(rates(store, 60_000)).toHaveLength(2);
});

test('a balancer that is stopped keeps what it has of the steps under way', () => {
  const store = new MemoryStore();
  const recorder = new SampleRecorder(store);
  for (let second = 0; second < 15; second++) recorder.record(START + second * 1_000, reading(second));
  recorder.close();
  expect(rates(store, 10_000)).toEqual([4.5, 12]);
  expect(rates(store, 60_000)).toHaveLength(1);
});
