import { EXPERIMENT_TITLES } from '../../lib/lab/experiment.ts';
import { figuresOf } from '../../lib/lab/figures.ts';
import { sentencesOf } from '../../lib/lab/findings.ts';
import type { ResultOf, Run, SchemeSeries } from '../../lib/lab/run.ts';
import type { Style } from './terminal/style.ts';
import { bars } from './terminal/text-bars.ts';
import { figureTable, textTable } from './terminal/text-table.ts';

/** What a run has found, for people at a terminal. */
export function runText(run: Run, style: Style): string {
  const verdict = run.pass === null ? '' : run.pass ? style.good(' ✓ holds') : style.critical(' ✗ does not hold');
  const head = `${style.strong(EXPERIMENT_TITLES[run.kind])}${verdict}  ${style.faint(run.id)}\n`;
  if (!run.result) return `${head}${style.critical(run.status)}: ${run.summary}\n`;
  const findings = sentencesOf(run).map((words) => `· ${words}\n`);
  return [head, '\n', body(run, style), '\n', ...findings].join('');
}

function body(run: Run, style: Style): string {
  const { result } = run;
  switch (result?.kind) {
    case 'a1':
      return bars(result.measured.replicas, style) + style.faint(speed(result.measured));
    case 'load':
      return bars(result.load.replicas, style) + latencies(run, style);
    case 'a4':
      return schemesText(result, style);
    default:
      return figuresOf(run)
        .filter((figure) => !figure.id.startsWith('timeline'))
        .map((figure) => `${style.strong(figure.title)}\n${figureTable(figure.table, style)}\n`)
        .join('');
  }
}

function speed({ perSecond, durationMs, p50Ms, p99Ms }: ResultOf<'a1'>['measured']): string {
  return `${((durationMs ?? 0) / 1000).toFixed(2)} s, ${Math.round(perSecond ?? 0)} requests/s, p50 ${p50Ms} ms, p99 ${p99Ms} ms\n`;
}

function latencies(run: Run, style: Style): string {
  const table = figuresOf(run).find((figure) => figure.id === 'latency')?.table;
  return table ? `\n${figureTable(table, style)}` : '';
}

/** A row for each scheme, a column for each size: evenness, then movement. */
export function schemesText({ series }: ResultOf<'a4'>, style: Style): string {
  const sizes = series[0]?.simulated.map((point) => point.n) ?? [];
  const matrix = (title: string, pick: (one: SchemeSeries, at: number) => number | null): string => {
    const rows = series.map((one) => [one.label, ...sizes.map((_, at) => ratio(pick(one, at)))]);
    return `${style.strong(title)}\n${textTable(['N =', ...sizes.map(String)], rows, style)}\n`;
  };
  return [
    matrix('Busiest replica / mean', (one, at) => one.simulated[at]?.peakToMean ?? null),
    matrix('Keys moved / fewest possible when one joins', (one, at) => one.simulated[at]?.add ?? null),
    matrix('… when one leaves', (one, at) => one.simulated[at]?.remove ?? null),
    measuredTable(series, style),
  ].join('');
}

function measuredTable(series: readonly SchemeSeries[], style: Style): string {
  const measured = series.filter((one) => one.measured.length > 0);
  if (measured.length === 0) return '';
  const sizes = measured[0]?.measured.map((step) => step.n) ?? [];
  const peak = (counts: readonly (readonly [string, number])[]): number => {
    const values = counts.map(([, count]) => count);
    return (Math.max(...values) * values.length) / values.reduce((sum, count) => sum + count, 0);
  };
  const rows = measured.map((one) => [one.label, ...one.measured.map((step) => ratio(peak(step.replicas)))]);
  return `${style.strong('Busiest replica / mean, measured')}\n${textTable(['N =', ...sizes.map(String)], rows, style)}`;
}

function ratio(value: number | null): string {
  return value === null ? '–' : value.toFixed(2);
}
