import { expect, test } from 'vitest';
import { type RunProgress, runProgress } from '#lib/lab/run.ts';
import { heard, NOTHING_HEARD } from './follow.ts';

function progressAt(atMs: number | null): RunProgress {
  const frame = atMs === null ? null : { atMs, requests: 5, failed: 0, replicas: [], p50Ms: 1, p99Ms: 2 };
  return runProgress.parse({ ratio: 0, step: 'load', requests: 5, failed: 0, replicas: [], frame, stopwatch: null });
}

const after = (...moments: (number | null)[]) =>
  moments.reduce((state, atMs) => heard(state, { type: 'progress', data: progressAt(atMs) }), NOTHING_HEARD);

test('stretches of a load are gathered once each, in order', () => {
  expect(after(null, 50, 50, 100, null, 150).frames.map(({ atMs }) => atMs)).toEqual([50, 100, 150]);
});

test('a load that begins anew begins its chart anew', () => {
  expect(after(50, 100, 48).frames.map(({ atMs }) => atMs)).toEqual([48]);
});

test('a long load keeps its latest stretches', () => {
  const { frames } = after(...Array.from({ length: 1000 }, (_, at) => at * 50));
  expect(frames).toHaveLength(240);
  expect(frames.at(-1)?.atMs).toBe(999 * 50);
});

test('the result so far is kept until a later one comes', () => {
  const result = { kind: 'a4' as const, requests: 100, series: [] };
  const state = heard(after(50), { type: 'found', data: result });
  expect(heard(state, { type: 'progress', data: progressAt(100) }).found).toBe(result);
});
