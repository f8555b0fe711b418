import { expect, test } from 'vitest';
import { experimentRequest } from './experiment.ts';
import { figuresOf } from './figures.ts';
import { findingsOf, sentencesOf } from './findings.ts';
import { reportHtml } from './report.ts';
import { type Distribution, type KillRound, type Run, type RunResult, run } from './run.ts';

function distribution(counts: readonly number[]): Distribution {
  return {
    n: counts.length,
    replicas: counts.map((count, at) => [`S${at + 1}`, count]),
    perSecond: 8000,
    failed: 0,
    p50Ms: 4,
    p99Ms: 12,
    durationMs: 1200,
  };
}

const round: KillRound = {
  fault: 'kill',
  target: 'S2',
  faultAtMs: 1000,
  noticedMs: 3,
  outOfRotationMs: 4,
  newInstanceMs: 90,
  servingMs: 310,
  firstRequestMs: 312,
  requests: 2000,
  retried: 3,
  lost: 0,
  p99BeforeMs: 4,
  p99DuringMs: 9,
  worstMs: 31,
  frames: [{ atMs: 1000, requests: 50, failed: 0, replicas: [['S1', 50]], p50Ms: 1, p99Ms: 2, latencies: [] }],
  pass: true,
};
const step = { p50: 3, p95: 5 };
const kill = {
  rounds: [round, { ...round, servingMs: null, lost: 2, pass: false }],
  noticed: step,
  outOfRotation: step,
  newInstance: step,
  serving: { p50: 310, p95: null },
  firstRequest: step,
  hypothesis: { text: '0 lost, all back within 1000 ms', pass: false, passed: 1, rounds: 2 },
};
const results: readonly RunResult[] = [
  { kind: 'a1', measured: distribution([3339, 3343, 3318]), simulated: distribution([333_400, 333_300, 333_300]) },
  {
    kind: 'a2',
    measured: [distribution([5000, 5000]), distribution([3300, 3400, 3300])],
    simulated: [distribution([50, 50]), distribution([33, 34, 33])],
  },
  { kind: 'a3', checks: [{ call: 'GET /rep', expected: '200', got: '200', ok: true, durationMs: 1 }], kill },
  {
    kind: 'a4',
    requests: 10_000,
    series: [
      {
        label: 'H=i, Φ=<script>alert(1)</script>, linear',
        reachedSlots: 512,
        simulated: [{ n: 3, counts: [1, 2, 3], peakToMean: 1.5, variation: 0.4, idle: 0, add: 1.2, remove: null }],
        measured: [distribution([3000, 3000, 4000])],
      },
    ],
  },
  { kind: 'kill', kill },
  {
    kind: 'load',
    load: {
      startedAt: 0,
      durationMs: 1000,
      requests: 100,
      perSecond: 100,
      byStatus: { 200: 100 },
      unanswered: 0,
      failed: 0,
      replicas: [
        ['S1', 60],
        ['S2', 40],
      ],
      latency: null,
      serviceTime: null,
      stoppedBy: 'requests',
      generatorBusy: 0.95,
      problems: [],
      frames: round.frames,
    },
  },
];

function runOf(result: RunResult): Run {
  const request = experimentRequest.parse(result.kind === 'load' ? { kind: 'load', load: {} } : { kind: result.kind });
  return run.parse({
    id: '20261123-101500123-a1-3f9c',
    kind: result.kind,
    status: 'done',
    startedAt: 0,
    finishedAt: 1,
    summary: 's',
    pass: 'kill' in result ? false : null,
    request,
    environment: null,
    result,
  });
}

test.each(results.map((result) => [result.kind, result] as const))(
  'a report of %s stands alone and says what was found',
  (_kind, result) => {
    const html = reportHtml([runOf(result)]);
    for (const finding of findingsOf(result)) {
      const [plain = ''] = finding.split(/[&<>"']/);
      expect(html).toContain(plain);
    }
    expect(html.match(/<svg /g)?.length ?? 0).toBe(figuresOf(runOf(result)).filter((figure) => figure.draw).length);
    expect(/<script|<link|<img|@import|url\(|src=|href="(?!data:)/.exec(html)?.[0]).toBeUndefined();
    expect(/NaN|Infinity|undefined|\[object/.exec(html)?.[0]).toBeUndefined();
  },
);

test('several runs stand side by side in one report', () => {
  const html = reportHtml(results.map(runOf));
  expect(html.match(/<article>/g)).toHaveLength(results.length);
  expect(html).toContain('class="beside"');
});

test('figures of a run have names of their own', () => {
  for (const result of results) {
    const ids = figuresOf(runOf(result)).map((figure) => figure.id);
    expect(new Set(ids).size).toBe(ids.length);
  }
});

test('a run without a result has no figures and reports why', () => {
  const failed: Run = {
    ...runOf(results[0] as RunResult),
    status: 'failed',
    summary: 'the balancer went away',
    result: null,
  };
  expect(figuresOf(failed)).toEqual([]);
  expect(reportHtml([failed])).toContain('the balancer went away');
});

test('the simulation stands beside the measurement on the same total', () => {
  const [figure] = figuresOf(runOf(results[0] as RunResult));
  const model = figure?.table.rows.map((row) => Number(row[2])) ?? [];
  expect(model.reduce((a, b) => a + b)).toBeCloseTo(10_000, -1);
});

test.each([
  ['request', true],
  ['header:X-Key', false],
])('with --key %s it is said that keys changed nothing: %s', (key, said) => {
  const load = runOf(results[5] as RunResult);
  const request = experimentRequest.parse({ kind: 'load', load: { keys: { kind: 'random' } } });
  const environment = {
    ringmaster: '0.1.0',
    node: 'v24',
    system: 'linux',
    processor: 'p',
    cores: 2,
    memoryBytes: 1,
    runtime: 'process',
    placement: 'balanced',
    key,
    workers: 1,
  };
  expect(
    sentencesOf({ ...load, request, environment })
      .join(' ')
      .includes('looks at no key'),
  ).toBe(said);
});

test('a hypothesis that failed in one round of two is said not to hold', () => {
  expect(findingsOf({ kind: 'kill', kill }).join(' ')).toContain('does not hold (1 of 2)');
});
