import { expect, test } from 'vitest';
import { NO_LATENCY } from '../core/latency-sum.ts';
import { MemoryStore } from '../core/memory-store.ts';
import type { Reading } from '../core/sample.ts';
import { SampleRecorder } from './sample-recorder.ts';

const START = 1_000_000_020_000;

function reading(requestsPerSecond: number): Reading {
  const traffic = { requestsPerSecond, inFlight: 0, p50Ms: null, p99Ms: null, requests: 0, errors: 0, retries: 0 };
  return { totals: { ...traffic, lost: 0, spilled: 0, serving: 3 }, replicas: [], latency: NO_LATENCY };
}

function rates(store: MemoryStore, stepMs: number): number[] {
  return store.samples({ stepMs, from: 0, to: START * 2 }).map((sample) => sample.requestsPerSecond);
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

/** Seconds from the start of a minute on. */
function run(recorder: SampleRecorder, from: number, to: number, rate: number): void {
  for (let second = from; second < to; second++) recorder.record(START + second * 1_000, reading(rate));
}

test('a step in which the balancer was started anew is told whole', () => {
  const store = new MemoryStore();
  const before = new SampleRecorder(store);
  run(before, 0, 30, 10);
  before.close();
  run(new SampleRecorder(store), 30, 61, 20);
  expect(rates(store, 60_000)).toEqual([15]);
});

test('what a balancer that was killed left untold is told by the next', () => {
  const store = new MemoryStore();
  run(new SampleRecorder(store), 0, 57, 10);
  expect(rates(store, 60_000)).toEqual([]);
  run(new SampleRecorder(store), 90, 92, 20);
  expect(rates(store, 60_000)).toEqual([10]);
  expect(rates(store, 10_000)).toHaveLength(6);
});
