import { expect, test } from 'vitest';
import { toResources } from './container-stats.ts';

const MACHINE = 24e9;

function message(change: { limit?: number; before?: number } = {}) {
  return {
    cpu_stats: { cpu_usage: { total_usage: 2_000_000_000 }, system_cpu_usage: 12_000_000_000, online_cpus: 2 },
    precpu_stats: { cpu_usage: { total_usage: 1_500_000_000 }, system_cpu_usage: change.before ?? 10_000_000_000 },
    memory_stats: {
      usage: 50e6,
      limit: change.limit ?? MACHINE,
      stats: { inactive_file: 10e6, total_inactive_file: 1 },
    },
  };
}

test('half a core of two for a second is 50 percent; reclaimable cache is not counted', () => {
  expect(toResources(message(), MACHINE)).toEqual({ cpuPercent: 50, memoryBytes: 40e6, memoryLimitBytes: null });
});

test('a limit below the machine’s memory is a limit', () => {
  expect(toResources(message({ limit: 64e6 }), MACHINE)).toMatchObject({ memoryLimitBytes: 64e6 });
});

test.each([
  ['a first message', { ...message(), precpu_stats: { cpu_usage: { total_usage: 0 } } }],
  ['a stopped container', { ...message(), memory_stats: {} }],
  ['no time passed', message({ before: 12_000_000_000 })],
  ['something else', 'what'],
])('%s gives no sample', (_name, json) => {
  expect(toResources(json, MACHINE)).toBeNull();
});
