import { expect, test } from 'vitest';
import type { SecondFrame } from '#lib/api/events.ts';
import { replicaOf, stateOf } from '../_testing/state.ts';
import { nothingWords, replicaCharts } from './replica-series.ts';

function frame(at: number, errors: number, p99Ms: number | null): SecondFrame {
  const { name, seat, traffic } = replicaOf(1);
  const resources = { cpuPercent: 50, memoryBytes: 2 ** 21, memoryLimitBytes: null };
  return {
    at,
    totals: stateOf(1).totals,
    replicas: [{ name, seat, resources, traffic: { ...traffic, errors, p99Ms } }],
  };
}

const chartOf = (title: string, frames: readonly SecondFrame[]) =>
  replicaCharts(frames, 1).find((chart) => chart.title === title)?.points;

test('errors are what each second added to the total', () => {
  expect(chartOf('Errors', [frame(1, 5, 1), frame(2, 5, 1), frame(3, 9, 1)])).toEqual([
    { at: 2, errors: 0 },
    { at: 3, errors: 4 },
  ]);
});

test('a total that begins anew is no negative rate', () => {
  expect(chartOf('Errors', [frame(1, 50, 1), frame(2, 3, 1)])).toEqual([{ at: 2, errors: 0 }]);
});

test('a second without requests has no latency, rather than none', () => {
  expect(chartOf('Latency', [frame(1, 0, null), frame(2, 0, 4)])).toEqual([{ at: 1 }, { at: 2, p99: 4 }]);
});

test('memory is in MiB, and a replica without figures has no points', () => {
  expect(chartOf('Memory', [frame(1, 0, 1)])).toEqual([{ at: 1, memory: 2 }]);
  expect(replicaCharts([frame(1, 0, 1)], 9).every((chart) => chart.points.length === 0)).toBe(true);
});

test('a chart without a single figure says why, by what is missing', () => {
  const second = frame(1, 0, null);
  const looping = { ...second, replicas: second.replicas.map((replica) => ({ ...replica, resources: null })) };
  const words = (frames: readonly SecondFrame[], running: boolean) =>
    Object.fromEntries(replicaCharts(frames, 1).map((chart) => [chart.title, nothingWords(chart, running)]));
  expect(words([looping, looping], false)).toEqual({
    Requests: null,
    Latency: 'Nothing was answered in these 2 minutes.',
    Errors: null,
    'In flight': null,
    CPU: 'No instance runs that could be measured.',
    Memory: 'No instance runs that could be measured.',
  });
  expect(words([looping], true)).toMatchObject({ CPU: 'No figures yet.', Errors: 'No figures yet.' });
  expect(words([frame(1, 0, 4)], true)).toMatchObject({ Latency: null, Memory: null });
});
