import { expect, test } from 'vitest';
import type { Sample, SamplesPage } from '#lib/api/samples.ts';
import { csvOf } from '../_charts/chart-csv.ts';
import { pastCharts } from './past-charts.ts';

function sample(at: number, seats: readonly number[]): Sample {
  const figures = { requestsPerSecond: 4, errorsPerSecond: 0, inFlight: 0, p50Ms: null, p99Ms: 2 };
  const nothing = { cpuPercent: null, memoryBytes: null };
  return {
    at,
    serving: seats.length,
    ...figures,
    requestsPerSecond: 4 * seats.length,
    retriesPerSecond: 0,
    lostPerSecond: 0,
    replicas: seats.map((seat) => ({ name: `S${seat}`, seat, status: 'serving', ...figures, ...nothing })),
  };
}

function chart(title: string, samples: readonly Sample[], strideMs = 1_000) {
  const page: SamplesPage = { stepMs: strideMs, strideMs, samples: [...samples] };
  return pastCharts(page).find((one) => one.title === title);
}

test('a replica that joined later has no figures before, and each replica is a line in seat order', () => {
  const requests = chart('Requests by replica', [sample(0, [2]), sample(1_000, [2, 1])]);
  expect(requests?.lines.map((line) => line.name)).toEqual(['S1', 'S2']);
  expect(requests?.points).toEqual([
    { at: 0, s1: null, s2: 4 },
    { at: 1_000, s1: 4, s2: 4 },
  ]);
});

test('more replicas than can be told apart are one line', () => {
  const seats = Array.from({ length: 56 }, (_, index) => index + 1);
  const requests = chart('Requests', [sample(0, seats)]);
  expect(requests?.lines.map((line) => line.name)).toEqual(['all together']);
  expect(requests?.points[0]).toEqual({ at: 0, all: 224 });
});

test('a time without samples is a gap, not a line across', () => {
  const serving = chart('Serving', [sample(0, [1]), sample(1_000, [1]), sample(60_000, [1])]);
  expect(serving?.points.map((point) => [point.at, point['serving']])).toEqual([
    [0, 1],
    [1_000, 1],
    [2_000, null],
    [60_000, 1],
  ]);
});

test('the export has a header with units and times that every program reads', () => {
  const latency = chart('Latency', [sample(0, [1])]);
  expect(latency && csvOf(latency)).toBe('time,p50 (ms),p99 (ms)\r\n1970-01-01T00:00:00.000Z,,2');
});
