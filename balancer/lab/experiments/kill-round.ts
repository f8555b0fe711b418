import type { IncidentView, ReplicaView } from '../../../lib/api/state.ts';
import { backWithin, type KillParameters, mostLost } from '../../../lib/lab/experiment.ts';
import { quantileOfFrames } from '../../../lib/lab/latency.ts';
import { type LoadFrame, type LoadSummary, loadSpec } from '../../../lib/lab/load.ts';
import type { KillRound, KillSteps } from '../../../lib/lab/run.ts';
import type { Context } from './context.ts';
import { commitFault } from './faults.ts';
import type { Freezer } from './freezer.ts';

/** Load before the fault, and after all is well again. */
const CALM_MS = 1000;
const LOOK_MS = 25;
/** Waits so many times longer than claimed before it gives up, and at least this long. */
const PATIENCE = 3;
const LEAST_PATIENCE_MS = 30_000;

interface Happening {
  /** Wall time of the fault, ms. */
  readonly at: number;
  /** Wall time of its end. */
  readonly endedAt: number;
  readonly incidents: readonly IncidentView[];
  /** Wall time at which every replica served; null when that did not come in time. */
  readonly backAt: number | null;
}

/** One fault under load: who noticed what when, and what the clients saw. */
export async function killRound(
  parameters: KillParameters,
  number: number,
  context: Context,
  freezer: Freezer | null,
): Promise<KillRound> {
  const targets = await chooseTargets(parameters, number, context);
  const retriesBefore = await retriesOf(context);
  const stop = new AbortController();
  const started = Promise.withResolvers<void>();
  const hooks = { onStart: started.resolve };
  const signal = AbortSignal.any([stop.signal, context.signal]);
  const loading = context.load(context.subject.origin, specOf(parameters), signal, hooks);
  try {
    await Promise.race([started.promise, loading]);
    await context.sleep(CALM_MS);
    const happening = await observe(parameters, targets, context, freezer);
    await context.sleep(CALM_MS);
    stop.abort();
    const summary = await loading;
    const retried = (await retriesOf(context)) - retriesBefore;
    return report(parameters, { targets, happening, summary, retried });
  } catch (error) {
    stop.abort();
    await loading.catch(() => undefined);
    throw error;
  }
}

function specOf({ perSecond, path }: KillParameters) {
  return loadSpec.parse({
    path,
    requests: null,
    durationMs: 180_000,
    pace: { kind: 'rate', perSecond, connections: 256 },
    timeoutMs: 10_000,
  });
}

async function chooseTargets(
  { fault }: KillParameters,
  number: number,
  { subject }: Context,
): Promise<readonly ReplicaView[]> {
  const serving = (await subject.client.replicas()).filter((replica) => replica.available);
  if (serving.length === 0) throw new Error('no replica serves');
  if (fault === 'all') return serving;
  return serving.slice(number % serving.length, (number % serving.length) + 1);
}

async function retriesOf({ subject }: Context): Promise<number> {
  return (await subject.client.state()).totals.retries;
}

interface FaultState {
  /** Wall time of its end; null while it lasts. */
  endedAt: number | null;
  /** It could not be committed. */
  isOff: boolean;
}

/** Commits the fault and watches from its first moment: some last for seconds. */
async function observe(
  parameters: KillParameters,
  targets: readonly ReplicaView[],
  context: Context,
  freezer: Freezer | null,
): Promise<Happening> {
  const at = Date.now();
  const state: FaultState = { endedAt: null, isOff: false };
  const committed = commitFault(parameters.fault, targets, context, freezer).then(
    () => {
      state.endedAt = lasts(parameters) ? Date.now() : at;
    },
    (error: unknown) => {
      state.isOff = true;
      throw error;
    },
  );
  try {
    return await watchFault(parameters, targets, context, { at, state });
  } finally {
    // What was frozen is thawed first, whatever happened; why it could not be frozen is the reason for everything.
    await committed;
  }
}

function lasts({ fault }: KillParameters): boolean {
  return fault === 'slow' || fault === 'flap';
}

async function watchFault(
  parameters: KillParameters,
  targets: readonly ReplicaView[],
  context: Context,
  { at, state }: { readonly at: number; readonly state: FaultState },
): Promise<Happening> {
  const { fault } = parameters;
  const patienceMs = Math.max(LEAST_PATIENCE_MS, PATIENCE * backWithin(parameters));
  const names = new Set(targets.map((target) => target.name));
  for (;;) {
    const incidents = (await context.subject.client.incidents(20)).filter(
      (incident) => names.has(incident.replica) && incident.at >= at - 5,
    );
    const replicas = await context.subject.client.replicas();
    const isBack = replicas.every((replica) => replica.available);
    context.watch({ fault, target: namesOf(targets), sinceMs: Date.now() - at, ...stepsOf(incidents, at) });
    const { endedAt, isOff } = state;
    const over = { at, endedAt: endedAt ?? at, incidents };
    if (isOff) return { ...over, backAt: null };
    const isOver = endedAt !== null && isBack && everythingHappened(parameters, incidents, names.size);
    if (isOver) return { ...over, backAt: lastBack(incidents, endedAt) };
    if (endedAt !== null && Date.now() > endedAt + patienceMs) return { ...over, backAt: null };
    await context.sleep(LOOK_MS);
  }
}

/** A slow or flapping replica may rightly go without an incident; the others are over when the new one serves. */
function everythingHappened(parameters: KillParameters, incidents: readonly IncidentView[], targets: number): boolean {
  if (lasts(parameters)) return incidents.every((incident) => incident.servingMs !== null);
  return incidents.length >= targets && incidents.every((incident) => incident.firstRequestMs !== null);
}

function lastBack(incidents: readonly IncidentView[], endedAt: number): number {
  return Math.max(endedAt, ...incidents.map((incident) => incident.at + (incident.servingMs ?? 0)));
}

interface Observed {
  readonly targets: readonly ReplicaView[];
  readonly happening: Happening;
  readonly summary: LoadSummary;
  readonly retried: number;
}

function report(parameters: KillParameters, { targets, happening, summary, retried }: Observed): KillRound {
  const { at, endedAt, incidents, backAt } = happening;
  const faultAtMs = at - summary.startedAt;
  const untilMs = (backAt ?? Date.now()) - summary.startedAt;
  const before = summary.frames.filter((frame) => frame.atMs <= faultAtMs);
  const during = summary.frames.filter((frame) => frame.atMs > faultAtMs && frame.atMs <= untilMs + 100);
  const backMs = backAt === null ? null : backAt - endedAt;
  return {
    fault: parameters.fault,
    target: namesOf(targets),
    faultAtMs,
    ...stepsOf(incidents, at),
    servingMs: backAt === null ? null : round(backAt - at),
    requests: summary.requests,
    retried,
    lost: summary.failed,
    p99BeforeMs: quantileOfFrames(before, 0.99),
    p99DuringMs: quantileOfFrames(during, 0.99),
    worstMs: quantileOfFrames(during, 1),
    frames: summary.frames.map(withoutLatencies),
    pass:
      summary.failed <= (mostLost(parameters) ?? summary.failed) && backMs !== null && backMs <= backWithin(parameters),
  };
}

function namesOf(targets: readonly ReplicaView[]): string {
  return targets.map((target) => target.name).join(', ');
}

function stepsOf(incidents: readonly IncidentView[], at: number): KillSteps {
  const latest = (pick: (incident: IncidentView) => number | null): number | null => latestOf(incidents, at, pick);
  return {
    noticedMs: latest((incident) => incident.noticedMs),
    outOfRotationMs: latest((incident) => incident.outOfRotationMs),
    newInstanceMs: latest((incident) => incident.newInstanceMs),
    servingMs: latest((incident) => incident.servingMs),
    firstRequestMs: latest((incident) => incident.firstRequestMs),
  };
}

/** The step's moment in the incident that was last to take it, ms after the fault; null when one never took it. */
function latestOf(
  incidents: readonly IncidentView[],
  at: number,
  pick: (incident: IncidentView) => number | null,
): number | null {
  const moments = incidents.map((incident) => {
    const ms = pick(incident);
    return ms === null ? null : incident.at - at + ms;
  });
  const known = moments.filter((ms) => ms !== null);
  return known.length === 0 || known.length < moments.length ? null : round(Math.max(...known));
}

function withoutLatencies(frame: LoadFrame): LoadFrame {
  return { ...frame, latencies: [] };
}

/** Incidents know microseconds, the wall clock milliseconds: a tenth is all that means anything. */
function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
