import { grouped } from '../grouped.ts';
import { barChart } from './charts/bar-chart.ts';
import { timelineChart } from './charts/timeline-chart.ts';
import type { Figure } from './figure.ts';
import { figuresOfGrowth } from './growth-figures.ts';
import { figuresOfKill } from './kill-figures.ts';
import type { LoadSummary } from './load.ts';
import type { Distribution, ResultOf, Run } from './run.ts';
import { figuresOfSchemes } from './scheme-figures.ts';
import { spreadOf } from './statistics.ts';
import type { Table } from './table.ts';

/** Everything there is to see of a run; nothing before it has a result. */
export function figuresOf(run: Run): Figure[] {
  const { result } = run;
  switch (result?.kind) {
    case undefined:
      return [];
    case 'a1':
      return [sharesFigure(result)];
    case 'a2':
      return figuresOfGrowth(result);
    case 'a3':
      return [checksFigure(result), ...figuresOfKill(result.kill)];
    case 'a4':
      return figuresOfSchemes(result);
    case 'kill':
      return figuresOfKill(result.kill);
    case 'load':
      return figuresOfLoad(result.load);
  }
}

function sharesFigure({ measured, simulated }: ResultOf<'a1'>): Figure {
  const { total, mean } = spreadOf(measured.replicas.map(([, count]) => count));
  const model = scaledCounts(simulated, total);
  const title = `Requests on each of ${measured.n} replicas`;
  const rows = measured.replicas.map(([name, value], at) => ({ name, value, beside: model[at] ?? null }));
  return {
    id: 'shares',
    title,
    draw: (width) => barChart({ title, unit: `of ${grouped(total, 0)} requests`, bars: rows, expected: mean }, width),
    table: {
      columns: ['replica', 'measured', 'simulated', 'expected', 'deviation %'],
      rows: rows.map(({ name, value, beside }) => [
        name,
        value,
        beside === null ? null : Math.round(beside),
        mean,
        mean === 0 ? null : (value / mean - 1) * 100,
      ]),
    },
  };
}

/** A distribution as it would be with another total, so that it compares bar by bar. */
function scaledCounts({ replicas }: Distribution, total: number): number[] {
  const own = replicas.reduce((sum, [, count]) => sum + count, 0);
  return replicas.map(([, count]) => (own === 0 ? 0 : Math.round((count * total) / own)));
}

function checksFigure({ checks }: ResultOf<'a3'>): Figure {
  return {
    id: 'endpoints',
    title: 'Every endpoint',
    isWide: true,
    draw: null,
    table: {
      columns: ['call', 'expected', 'got', 'verdict', 'ms'],
      rows: checks.map((check) => [
        check.call,
        check.expected,
        check.got,
        check.ok ? '✓ right' : '✗ wrong',
        check.durationMs,
      ]),
    },
  };
}

function figuresOfLoad(load: LoadSummary): Figure[] {
  const shares = load.replicas.filter(([name]) => name !== '');
  const bars = shares.map(([name, value]) => ({ name, value, beside: null }));
  const expected = spreadOf(shares.map(([, count]) => count)).mean;
  const title = 'Requests on each replica';
  return [
    {
      id: 'timeline',
      title: 'Load over time',
      draw: (width) => timelineChart({ title: 'Load over time', frames: load.frames, marks: [], trouble: null }, width),
      table: {
        columns: ['ms', 'requests', 'failed', 'p50 ms', 'p99 ms'],
        rows: load.frames.map((f) => [f.atMs, f.requests, f.failed, f.p50Ms, f.p99Ms]),
      },
    },
    {
      id: 'shares',
      title,
      draw: (width) => barChart({ title, unit: 'requests', bars, expected }, width),
      table: { columns: ['replica', 'requests'], rows: shares },
    },
    { id: 'latency', title: 'Latency', draw: null, table: latencyTable(load) },
  ];
}

function latencyTable({ latency, serviceTime }: LoadSummary): Table {
  const rows = (['meanMs', 'p50Ms', 'p90Ms', 'p99Ms', 'p999Ms', 'maxMs'] as const).map((key) => [
    key.replace('Ms', ''),
    latency?.[key] ?? null,
    serviceTime?.[key] ?? null,
  ]);
  return { columns: ['quantile', 'ms, corrected for coordinated omission', 'ms, as each request saw it'], rows };
}
