import { grouped } from '../../../lib/grouped.ts';
import { emptyFleet, reachOf } from '../../../lib/lab/empty-fleet.ts';
import type { ExperimentRequest, RequestOf } from '../../../lib/lab/experiment.ts';
import { findingsOf } from '../../../lib/lab/findings.ts';
import { grow } from '../../../lib/lab/fleet.ts';
import type { KeyPattern } from '../../../lib/lab/key-pattern.ts';
import type { ResultOf } from '../../../lib/lab/run.ts';
import { ALL_SCHEMES, type Scheme, schemeLabel } from '../../../lib/lab/scheme.ts';
import { countRequests, measureScheme } from '../../../lib/lab/simulate.ts';
import { spreadOf } from '../../../lib/lab/statistics.ts';
import { MAX_REPLICAS } from '../../../lib/ring/types.ts';
import type { Command, Terminal } from '../command.ts';
import type { Given, Option } from '../options.ts';
import { EXPERIMENT_OPTIONS, experimentOf } from '../request-options.ts';
import { schemesText } from '../run-text.ts';
import { bars } from '../terminal/text-bars.ts';
import { textTable, wrapped } from '../terminal/text-table.ts';
import { nearest, UsageError } from '../usage-error.ts';

const SCHEMES = ALL_SCHEMES.map(schemeLabel);
const SHOWN = ['replicas', 'from', 'to', 'requests', 'keys', 'seed', 'counts', 'custom'];
const OPTIONS: readonly Option[] = [
  { name: 'scheme', value: 'NAME', choices: SCHEMES, help: `a1, a2: ${SCHEMES.join(', ')} (balanced)` },
  ...EXPERIMENT_OPTIONS.filter((option) => SHOWN.includes(option.name)),
];
/** A million takes about a tenth of a second. */
const REQUESTS = 1_000_000;
const MOST_REQUESTS = 100_000_000;

interface Setting {
  readonly scheme: Scheme;
  readonly keys: KeyPattern;
  readonly requests: number;
  readonly seed: number;
}

/** The experiments without balancer and servers: millions of requests in seconds. */
export const simulate: Command = {
  name: 'simulate',
  summary: 'A-1, A-2 or A-4 without servers, over millions of requests',
  operands: 'a1|a2|a4',
  options: OPTIONS,
  run: async (given, terminal) => {
    const request = readRequest(given);
    const before = performance.now();
    if (request.kind === 'a4') simulateSchemes(request, given, terminal);
    else if (request.kind === 'a1') simulateShares(request.replicas, settingOf(request, given), given, terminal);
    else if (request.kind === 'a2') simulateGrowth(request, settingOf(request, given), given, terminal);
    else throw new UsageError('which experiment? ringmaster simulate a1|a2|a4');
    terminal.screen.note(`${paceText(request, performance.now() - before)}\n`);
    return 0;
  },
};

/** How many requests were simulated in that time. A-4 follows keys besides, as one joins and as one leaves. */
function paceText(request: ExperimentRequest, tookMs: number): string {
  const sizes = request.kind === 'a2' ? request.to - request.from + 1 : 1;
  const seconds = `${(tookMs / 1000).toFixed(2)} s`;
  if (request.kind !== 'a1' && request.kind !== 'a2') return seconds;
  const perSecond = (request.requests * sizes) / Math.max(tookMs, 1) / 1000;
  return `${grouped(request.requests * sizes, 0)} requests in ${seconds}: ${perSecond.toFixed(1)} million a second`;
}

/** The experiment's own parameters, but for the number of requests: what is measured takes fewer. */
function readRequest(given: Given): ExperimentRequest {
  const requests = given.whole('requests') ?? REQUESTS;
  if (requests < 1 || requests > MOST_REQUESTS) throw new UsageError(`--requests goes up to ${MOST_REQUESTS}`);
  const request = experimentOf(given.words[0]?.toLowerCase() ?? '', given.without('requests'));
  return { ...request, requests } as ExperimentRequest;
}

function settingOf({ keys, requests, seed }: RequestOf<'a1'> | RequestOf<'a2'>, given: Given): Setting {
  return { scheme: schemeNamed(given.text('scheme') ?? 'balanced'), keys, requests, seed };
}

function schemeNamed(name: string): Scheme {
  const found = ALL_SCHEMES.find((scheme) => schemeLabel(scheme) === name);
  if (found) return found;
  const near = nearest(name, SCHEMES);
  throw new UsageError(`there is no scheme '${name}'${near ? `; did you mean '${near}'?` : ''}`);
}

function countsAt(n: number, { scheme, keys, requests, seed }: Setting): [string, number][] {
  const fleet = grow(emptyFleet(scheme, seed), n);
  const counts = countRequests(fleet, keys, requests, seed);
  return fleet.names.map((name, at) => [name, counts[at] ?? 0]);
}

function simulateShares(replicas: number, setting: Setting, given: Given, { screen }: Terminal): void {
  const counts = countsAt(replicas, setting);
  screen.print(given.has('json') ? `${JSON.stringify(counts)}\n` : bars(counts, screen.style));
}

function simulateGrowth({ from, to }: RequestOf<'a2'>, setting: Setting, given: Given, { screen }: Terminal): void {
  const steps = Array.from({ length: to - from + 1 }, (_, at) => {
    const n = from + at;
    return { n, ...spreadOf(countsAt(n, setting).map(([, count]) => count)) };
  });
  if (given.has('json')) {
    screen.print(`${JSON.stringify(steps)}\n`);
    return;
  }
  const rows = steps.map((step) => [
    String(step.n),
    step.mean.toFixed(0),
    String(step.min),
    String(step.max),
    (step.variation * 100).toFixed(2),
    step.peakToMean.toFixed(3),
  ]);
  screen.print(textTable(['N', 'mean', 'lowest', 'highest', 'CV %', 'peak/mean'], rows, screen.style));
}

function simulateSchemes(request: RequestOf<'a4'>, given: Given, { screen }: Terminal): void {
  const schemes = [...ALL_SCHEMES, ...request.custom.map((pair) => ({ kind: 'custom' as const, ...pair }))];
  const { keys, requests, seed } = request;
  const setting = { pattern: keys, requests, seed, maxReplicas: MAX_REPLICAS };
  const series = schemes.map((scheme) => {
    screen.redraw(`simulating ${schemeLabel(scheme)} …`);
    const points = request.counts.map((n) => measureScheme(grow(emptyFleet(scheme, seed), n), setting));
    const simulated = points.map((point) => ({ ...point, counts: [...point.counts] }));
    return { label: schemeLabel(scheme), reachedSlots: reachOf(scheme), simulated, measured: [] };
  });
  screen.redraw('');
  const result: ResultOf<'a4'> = { kind: 'a4', requests, series };
  const findings = findingsOf(result).map((words) => `${wrapped(`· ${words}`, screen.width, '  ')}\n`);
  screen.print(
    given.has('json')
      ? `${JSON.stringify(result)}\n`
      : `${schemesText(result, screen.style, screen.width)}\n${findings.join('')}`,
  );
}
