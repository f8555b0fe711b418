import { counted, grouped } from '../grouped.ts';
import { classicRequestSlot } from '../ring/hash.ts';
import { SLOT_COUNT } from '../ring/types.ts';
import { reachedSlots } from './custom-ring.ts';
import type { Distribution, KillReport, ResultOf, Run, RunResult, SchemeSeries } from './run.ts';
import { chancePeak, spreadOf } from './statistics.ts';

/** What the figures say, in sentences made from them. */
export function findingsOf(result: RunResult): string[] {
  switch (result.kind) {
    case 'a1':
      return findingsOfShares(result.measured, result.simulated);
    case 'a2':
      return findingsOfGrowth(result);
    case 'a3':
      return [checkSentence(result), ...findingsOfKill(result.kill)];
    case 'a4':
      return findingsOfSchemes(result);
    case 'kill':
      return findingsOfKill(result.kill);
    case 'load':
      return [loadSentence(result), ...busySentence(result)];
  }
}

/** What a run found and what has to be known to read it; why there is nothing, where there is nothing. */
export function sentencesOf(run: Run): string[] {
  if (!run.result) return [run.summary];
  return [...findingsOf(run.result), ...keyRemark(run)];
}

/** Keys say nothing to a balancer that looks at none. */
function keyRemark({ request, environment }: Run): string[] {
  const keys = request.kind === 'load' ? request.load.keys : 'keys' in request ? request.keys : null;
  const isIdle = request.kind !== 'a4' && keys !== null && keys.kind !== 'none' && environment?.key === 'request';
  return isIdle ? ['The balancer looks at no key (--key request), so the pattern of keys changed nothing.'] : [];
}

/** `p` as 12.3 %. */
function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

function countsOf({ replicas }: Distribution): number[] {
  return replicas.map(([, count]) => count);
}

function findingsOfShares(measured: Distribution, simulated: Distribution): string[] {
  const { peakToMean, total, max, min } = spreadOf(countsOf(measured));
  const model = spreadOf(countsOf(simulated)).peakToMean;
  return [
    `The busiest of ${measured.n} replicas took ${grouped(max, 0)} of ${counted(total, 'request')}, the least busy ${grouped(min, 0)}: ${percent(peakToMean - 1)} above the mean.`,
    `The simulation says ${percent(model - 1)} above the mean over ${counted(spreadOf(countsOf(simulated)).total, 'request')}.`,
    `${counted(measured.failed, 'request')} failed.`,
  ];
}

function findingsOfGrowth({ measured }: ResultOf<'a2'>): string[] {
  const worst = measured
    .map((step) => ({ n: step.n, ...spreadOf(countsOf(step)) }))
    .reduce((a, b) => (b.peakToMean > a.peakToMean ? b : a));
  const failed = measured.reduce((sum, step) => sum + step.failed, 0);
  return [
    `Least even at N = ${worst.n}: the busiest replica took ${percent(worst.peakToMean - 1)} more than the mean, CV ${percent(worst.variation)}.`,
    'The average load is the number of requests divided by N whatever the placement: the band and the variation show how even it is.',
    `${counted(failed, 'request')} failed while replicas came and went.`,
  ];
}

function checkSentence({ checks }: ResultOf<'a3'>): string {
  return `${checks.filter((check) => check.ok).length} of ${checks.length} endpoint checks are as the contract says.`;
}

function findingsOfKill(report: KillReport): string[] {
  const { passed, rounds, pass, text } = report.hypothesis;
  const lost = report.rounds.reduce((sum, round) => sum + round.lost, 0);
  const retried = report.rounds.reduce((sum, round) => sum + round.retried, 0);
  const time = (ms: number | null): string => (ms === null ? 'never' : `${Math.round(ms)} ms`);
  return [
    `Hypothesis "${text}": ${pass ? 'holds' : 'does not hold'} (${passed} of ${rounds}).`,
    `Noticed after ${time(report.noticed.p50)}, out of rotation after ${time(report.outOfRotation.p50)}, all serving again after ${time(report.serving.p50)} (p95 ${time(report.serving.p95)}).`,
    `${counted(lost, 'request')} lost, ${grouped(retried, 0)} retried.`,
  ];
}

function findingsOfSchemes({ series, requests }: ResultOf<'a4'>): string[] {
  const sentences = series.map((one) => schemeSentence(one, requests));
  const reached = reachedSlots(Array.from({ length: SLOT_COUNT }, (_, i) => classicRequestSlot(i)));
  return [
    worstSentence(series),
    `The classic H(i) = i² + 2i + 17 is (i + 1)² + 16: a shifted square. Squares take few values modulo 512, so only ${reached} of ${SLOT_COUNT} slots ever get a request, and some of them far more than others. No probing of virtual nodes can mend that.`,
    'Φ(i, j) = i² + j² + 2j + 25 is the same kind of sum: neighbouring replicas put their virtual nodes close together, so that one of them owns long stretches.',
    ...classicAtThree(series),
    ...sentences,
  ];
}

/** The one sentence of A-4: who is least even, beside who is most. */
function worstSentence(series: readonly SchemeSeries[]): string {
  const peaks = series.map(({ label, simulated }) => ({
    label,
    peak: Math.max(...simulated.map((p) => p.peakToMean)),
  }));
  const [first, ...more] = peaks.toSorted((a, b) => a.peak - b.peak);
  const last = more.at(-1);
  const words = (one: { label: string; peak: number }): string => `${one.peak.toFixed(2)} with ${one.label}`;
  if (!first) return 'Nothing was compared.';
  return `Busiest replica / mean at worst: ${words(first)}${last ? `, ${words(last)}` : ''}.`;
}

function classicAtThree(series: readonly SchemeSeries[]): string[] {
  const counts = series.find(({ label }) => label === 'classic-linear')?.simulated.find(({ n }) => n === 3)?.counts;
  if (!counts) return [];
  const { max, total } = spreadOf(counts);
  return [`With the classic pair and replicas 1 to 3, one replica takes ${percent(max / total)} of all requests.`];
}

function schemeSentence({ label, simulated }: SchemeSeries, requests: number): string {
  const worst = simulated.reduce((a, b) => (b.peakToMean > a.peakToMean ? b : a));
  const moved = simulated.flatMap((p) => [p.add, p.remove]).filter((ratio) => ratio !== null);
  const chance = chancePeak(requests, worst.n);
  return (
    `${label}: at worst ${worst.peakToMean.toFixed(2)} times the mean (N = ${worst.n}; chance alone gives ${chance.toFixed(2)})` +
    (moved.length > 0 ? `, moves at most ${Math.max(...moved).toFixed(2)} times the fewest keys.` : '.')
  );
}

/** Above this share of its time the generator has little left to send more with. */
const BUSY = 0.9;

function busySentence({ load: { generatorBusy } }: ResultOf<'load'>): string[] {
  if (generatorBusy === null || generatorBusy < BUSY) return [];
  return [`The generator had the processor ${percent(generatorBusy)} of the time: it may itself be the limit.`];
}

function loadSentence({ load }: ResultOf<'load'>): string {
  const p99 = load.latency ? `, p99 ${load.latency.p99Ms.toFixed(1)} ms` : '';
  return `${counted(load.requests, 'request')} in ${(load.durationMs / 1000).toFixed(1)} s (${grouped(load.perSecond, 0)}/s), ${grouped(load.failed, 0)} failed${p99}.`;
}
