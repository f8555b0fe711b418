import { expect, test } from 'vitest';
import { MAX_FRAMES } from './frames.ts';
import { type Outcome, Recorder } from './recorder.ts';

const answered = (replica: string, status = 200): Outcome => ({ kind: 'answered', status, replica });
const how = { startedAt: 5, durationMs: 1000, stoppedBy: 'requests' as const, generatorBusy: 0.5 };

test('answers are counted by replica and by status', () => {
  const recorder = new Recorder();
  const times = { dueMs: 0, sentMs: 0, endMs: 2 };
  for (const replica of ['S2', 'S1', 'S2']) recorder.record(answered(replica), times);
  recorder.record(answered('', 503), times);
  recorder.record({ kind: 'unanswered', reason: 'reset' }, times);
  expect(recorder.summary(how, null)).toMatchObject({
    requests: 5,
    perSecond: 5,
    failed: 2,
    unanswered: 1,
    byStatus: { 200: 3, 503: 1 },
    replicas: [
      ['', 1],
      ['S1', 1],
      ['S2', 2],
    ],
    problems: [{ message: 'reset', count: 1 }],
  });
});

test('latency of a paced load counts from when a request was due, the service time from when it was sent', () => {
  const recorder = new Recorder();
  recorder.record(answered('S1'), { dueMs: 0, sentMs: 90, endMs: 100 });
  const { latency, serviceTime } = recorder.summary(how, null);
  expect(latency?.meanMs).toBe(100);
  expect(serviceTime?.meanMs).toBe(10);
});

test('latency of a closed loop is corrected for what its clients did not send', () => {
  const recorder = new Recorder();
  for (let i = 0; i < 99; i++) recorder.record(answered('S1'), { dueMs: 0, sentMs: 0, endMs: 1 });
  recorder.record(answered('S1'), { dueMs: 0, sentMs: 0, endMs: 200 });
  const { latency, serviceTime } = recorder.summary(how, 0);
  expect(serviceTime?.p90Ms).toBeLessThan(1.1);
  expect(latency?.p90Ms).toBeGreaterThan(100);
  const thinking = recorder.summary(how, 300).latency;
  expect(thinking).toEqual({ ...serviceTime, meanMs: expect.any(Number) });
});

test('no answers make no latency', () => {
  expect(new Recorder().summary(how, 0)).toMatchObject({ latency: null, serviceTime: null, perSecond: 0 });
});

test('stretches hold what happened in them, and a quiet one says so', () => {
  const recorder = new Recorder();
  recorder.record(answered('S1'), { dueMs: 0, sentMs: 0, endMs: 3 });
  recorder.record({ kind: 'unanswered', reason: 'reset' }, { dueMs: 0, sentMs: 0, endMs: 4 });
  expect(recorder.cut(50)).toMatchObject({
    atMs: 50,
    requests: 2,
    failed: 1,
    replicas: [['S1', 1]],
    latencies: [[expect.closeTo(3, 0), 1]],
  });
  expect(recorder.cut(100)).toEqual({
    atMs: 100,
    requests: 0,
    failed: 0,
    replicas: [],
    p50Ms: null,
    p99Ms: null,
    latencies: [],
  });
});

test('a long load is kept in a bounded number of stretches that lose nothing', () => {
  const recorder = new Recorder();
  const stretches = MAX_FRAMES * 5 + 1;
  for (let i = 1; i <= stretches; i++) {
    recorder.record(answered('S1'), { dueMs: 0, sentMs: 0, endMs: 1 });
    recorder.cut(i * 50);
  }
  const { frames } = recorder.summary(how, null);
  expect(frames.length).toBeLessThanOrEqual(MAX_FRAMES);
  expect(frames.reduce((sum, frame) => sum + frame.requests, 0)).toBe(stretches);
  expect(frames.at(-1)?.atMs).toBe(stretches * 50);
});
