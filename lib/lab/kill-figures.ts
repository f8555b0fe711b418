import { counted } from '../grouped.ts';
import { timelineChart } from './charts/timeline-chart.ts';
import type { Figure } from './figure.ts';
import { KILL_STEPS } from './kill-steps.ts';
import type { KillReport, KillRound } from './run.ts';

/** At most this many timelines: the first round, and after it the slowest ones. */
const TIMELINES = 3;

/** The stopwatch of a fault, over all rounds, and what the traffic did meanwhile. */
export function figuresOfKill(report: KillReport): Figure[] {
  return [...timelines(report.rounds), stepsFigure(report), roundsFigure(report)];
}

function timelines(rounds: readonly KillRound[]): Figure[] {
  const [first, ...rest] = rounds.map((round, at) => ({ round, number: at + 1 }));
  if (!first) return [];
  const slowest = rest.toSorted((a, b) => (b.round.servingMs ?? 1e9) - (a.round.servingMs ?? 1e9));
  return [first, ...slowest.slice(0, TIMELINES - 1)].map(({ round, number }) => timelineFigure(round, number));
}

function timelineFigure(round: KillRound, number: number): Figure {
  const title = `${titleOf(round)}, round ${number}`;
  const steps = KILL_STEPS.flatMap(([name, key]) => {
    const ms = round[key];
    return ms === null ? [] : [{ atMs: round.faultAtMs + ms, name: `${name} ${Math.round(ms)} ms` }];
  });
  const marks = [{ atMs: round.faultAtMs, name: round.fault }, ...steps];
  const trouble =
    round.servingMs === null ? null : { fromMs: round.faultAtMs, toMs: round.faultAtMs + round.servingMs };
  return {
    id: `timeline-${number}`,
    title,
    draw: (width) => timelineChart({ title, frames: round.frames, marks, trouble }, width),
    table: {
      columns: ['ms after the fault', 'requests', 'lost', 'p50 ms', 'p99 ms'],
      rows: round.frames.map((f) => [f.atMs - round.faultAtMs, f.requests, f.failed, f.p50Ms, f.p99Ms]),
    },
  };
}

function titleOf({ fault, target }: KillRound): string {
  return {
    kill: `${target} killed`,
    hang: `${target} hangs`,
    slow: `${target} slow`,
    flap: `${target} flaps`,
    all: 'All replicas killed',
  }[fault];
}

function stepsFigure(report: KillReport): Figure {
  const rows = (['noticed', 'outOfRotation', 'newInstance', 'serving', 'firstRequest'] as const).map((key, at) => [
    KILL_STEPS[at]?.[0] ?? key,
    report[key].p50,
    report[key].p95,
  ]);
  return {
    id: 'steps',
    title: `Stopwatch over ${counted(report.rounds.length, 'round')}`,
    draw: null,
    table: { columns: ['step', 'p50 ms', 'p95 ms'], rows },
  };
}

function roundsFigure({ rounds }: KillReport): Figure {
  return {
    id: 'rounds',
    title: 'Rounds',
    isWide: true,
    draw: null,
    table: {
      columns: [
        'round',
        'fault',
        'target',
        ...KILL_STEPS.map(([name]) => `${name} ms`),
        'requests',
        'retried',
        'lost',
        'p99 before ms',
        'p99 during ms',
        'worst ms',
        'verdict',
      ],
      rows: rounds.map((r, at) => [
        at + 1,
        r.fault,
        r.target,
        ...KILL_STEPS.map(([, key]) => r[key]),
        r.requests,
        r.retried,
        r.lost,
        r.p99BeforeMs,
        r.p99DuringMs,
        r.worstMs,
        r.pass ? 'holds' : 'does not hold',
      ]),
    },
  };
}
