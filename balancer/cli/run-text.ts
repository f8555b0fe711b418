import { EXPERIMENT_TITLES } from '../../lib/lab/experiment.ts';
import { figuresOf } from '../../lib/lab/figures.ts';
import { sentencesOf } from '../../lib/lab/findings.ts';
import { KILL_STEPS } from '../../lib/lab/kill-steps.ts';
import type { KillReport, ResultOf, Run, RunResult, SchemeSeries } from '../../lib/lab/run.ts';
import { cellText } from '../../lib/lab/table.ts';
import type { Screen } from './terminal/screen.ts';
import type { Style } from './terminal/style.ts';
import { bars } from './terminal/text-bars.ts';
import { figureTable, textTable, wrapped } from './terminal/text-table.ts';

/** What a run has found, for people at a terminal of that many columns. */
export function runText(run: Run, { style, width }: Pick<Screen, 'style' | 'width'>): string {
  const verdict = run.pass === null ? '' : run.pass ? style.good(' ✓ holds') : style.critical(' ✗ does not hold');
  const head = `${style.strong(EXPERIMENT_TITLES[run.kind])}${verdict}  ${style.faint(run.id)}\n`;
  if (!run.result) return `${head}${style.critical(run.status)}: ${run.summary}\n`;
  const findings = sentencesOf(run).map((words) => `${wrapped(`· ${words}`, width, '  ')}\n`);
  return [head, '\n', body(run.result, run, style, width), '\n', ...findings].join('');
}

function body(result: RunResult, run: Run, style: Style, width: number): string {
  switch (result.kind) {
    case 'a1':
      return bars(result.measured.replicas, style, simulatedBeside(result)) + style.faint(speed(result.measured));
    case 'a2':
      return tables(run, style, width);
    case 'a3':
      return `${checksText(result, style)}\n${killText(result.kill, run, style, width)}`;
    case 'a4':
      return schemesText(result, style, width);
    case 'kill':
      return killText(result.kill, run, style, width);
    case 'load':
      return bars(result.load.replicas, style) + latencies(run, style, width);
  }
}

function tables(run: Run, style: Style, width: number, only: (id: string) => boolean = () => true): string {
  return figuresOf(run)
    .filter(({ id }) => only(id))
    .map((figure) => `${style.strong(figure.title)}\n${figureTable(figure.table, style, width)}\n`)
    .join('');
}

/** What the simulation says of as many requests, to stand beside each bar. */
function simulatedBeside({ measured, simulated }: ResultOf<'a1'>): readonly number[] {
  const total = ({ replicas }: typeof measured): number => replicas.reduce((sum, [, count]) => sum + count, 0);
  return simulated.replicas.map(([, count]) => Math.round((count * total(measured)) / Math.max(1, total(simulated))));
}

function checksText({ checks }: ResultOf<'a3'>, style: Style): string {
  const lines = checks.map(({ call, ok, durationMs, expected, got }) => {
    const head = `${ok ? style.good('✓') : style.critical('✗')} ${call}  ${style.faint(`${durationMs} ms`)}\n`;
    return ok ? head : `${head}    expected ${expected}\n    got      ${got}\n`;
  });
  return lines.join('');
}

function killText(kill: KillReport, run: Run, style: Style, width: number): string {
  const [only, ...more] = kill.rounds;
  if (!only || more.length > 0) return tables(run, style, width, (id) => id === 'steps' || id === 'rounds');
  const steps = KILL_STEPS.map(([name, key]) => [name, cellText(only[key], 1)]);
  const p99 = `p99 ${cellText(only.p99BeforeMs, 1)} ms before, ${cellText(only.p99DuringMs, 1)} ms during, worst ${cellText(only.worstMs, 1)} ms`;
  const traffic = `${only.requests} requests, ${only.retried} retried, ${only.lost} lost · ${p99}`;
  return `${textTable([`${only.fault} ${only.target}`, 'ms after it'], steps, style)}\n${wrapped(traffic, width)}\n`;
}

function speed({ perSecond, durationMs, p50Ms, p99Ms }: ResultOf<'a1'>['measured']): string {
  return `${((durationMs ?? 0) / 1000).toFixed(2)} s, ${Math.round(perSecond ?? 0)} requests/s, p50 ${p50Ms} ms, p99 ${p99Ms} ms\n`;
}

function latencies(run: Run, style: Style, width: number): string {
  const table = figuresOf(run).find((figure) => figure.id === 'latency')?.table;
  return table ? `\n${figureTable(table, style, width)}` : '';
}

/** A row for each scheme, a column for each size: evenness, then movement. */
export function schemesText({ series }: ResultOf<'a4'>, style: Style, width: number): string {
  const sizes = series[0]?.simulated.map((point) => point.n) ?? [];
  const matrix = (title: string, pick: (one: SchemeSeries, at: number) => number | null): string => {
    const rows = series.map((one) => [one.label, ...sizes.map((_, at) => ratio(pick(one, at)))]);
    return `${style.strong(title)}\n${textTable(['N =', ...sizes.map(String)], rows, style, width)}\n`;
  };
  return [
    matrix('Busiest replica / mean', (one, at) => one.simulated[at]?.peakToMean ?? null),
    matrix('Keys moved / fewest possible when one joins', (one, at) => one.simulated[at]?.add ?? null),
    matrix('… when one leaves', (one, at) => one.simulated[at]?.remove ?? null),
    measuredTable(series, style, width),
  ].join('');
}

function measuredTable(series: readonly SchemeSeries[], style: Style, width: number): string {
  const measured = series.filter((one) => one.measured.length > 0);
  if (measured.length === 0) return '';
  const sizes = measured[0]?.measured.map((step) => step.n) ?? [];
  const peak = (counts: readonly (readonly [string, number])[]): number => {
    const values = counts.map(([, count]) => count);
    return (Math.max(...values) * values.length) / values.reduce((sum, count) => sum + count, 0);
  };
  const rows = measured.map((one) => [one.label, ...one.measured.map((step) => ratio(peak(step.replicas)))]);
  return `${style.strong('Busiest replica / mean, measured')}\n${textTable(['N =', ...sizes.map(String)], rows, style, width)}`;
}

function ratio(value: number | null): string {
  return value === null ? '–' : value.toFixed(2);
}
