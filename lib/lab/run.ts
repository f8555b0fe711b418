import { z } from 'zod';
import { EXPERIMENT_KINDS, experimentRequest, FAULTS } from './experiment.ts';
import { loadSummary } from './load.ts';

/** Requests on each replica of a fleet. */
const distribution = z.object({
  n: z.int(),
  replicas: z.array(z.tuple([z.string(), z.int()])),
  /** Only of a measurement. */
  perSecond: z.number().nullable(),
  failed: z.int(),
  p50Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  durationMs: z.number().nullable(),
});
export type Distribution = z.infer<typeof distribution>;

/** Of what a fault leads to, ms after it; null: did not happen, or not yet. */
const killSteps = z.object({
  noticedMs: z.number().nullable(),
  outOfRotationMs: z.number().nullable(),
  newInstanceMs: z.number().nullable(),
  servingMs: z.number().nullable(),
  firstRequestMs: z.number().nullable(),
});
export type KillSteps = z.infer<typeof killSteps>;

/** A fault while it is watched. */
const stopwatch = killSteps.extend({ fault: z.enum(FAULTS), target: z.string(), sinceMs: z.number() });
export type Stopwatch = z.infer<typeof stopwatch>;

/** One fault from its cause to the last replica back. */
const killRound = killSteps.extend({
  fault: z.enum(FAULTS),
  target: z.string(),
  /** On the clock of `frames`. */
  faultAtMs: z.number(),
  requests: z.int(),
  retried: z.int(),
  /** As the clients saw it. */
  lost: z.int(),
  p99BeforeMs: z.number().nullable(),
  p99DuringMs: z.number().nullable(),
  worstMs: z.number().nullable(),
  frames: loadSummary.shape.frames,
  pass: z.boolean(),
});
export type KillRound = z.infer<typeof killRound>;

const quantiles = z.object({ p50: z.number().nullable(), p95: z.number().nullable() });

const killReport = z.object({
  rounds: z.array(killRound),
  /** Over all rounds. */
  noticed: quantiles,
  outOfRotation: quantiles,
  newInstance: quantiles,
  serving: quantiles,
  firstRequest: quantiles,
  hypothesis: z.object({ text: z.string(), pass: z.boolean(), passed: z.int(), rounds: z.int() }),
});
export type KillReport = z.infer<typeof killReport>;

const endpointCheck = z.object({
  call: z.string(),
  expected: z.string(),
  got: z.string(),
  ok: z.boolean(),
  durationMs: z.number(),
});
export type EndpointCheck = z.infer<typeof endpointCheck>;

const schemePoint = z.object({
  n: z.int(),
  counts: z.array(z.int()),
  peakToMean: z.number(),
  variation: z.number(),
  idle: z.int(),
  add: z.number().nullable(),
  remove: z.number().nullable(),
});

const schemeSeries = z.object({
  label: z.string(),
  /** Of the 512, how many request slots its H reaches; null for what hashes keys. */
  reachedSlots: z.int().nullable(),
  simulated: z.array(schemePoint),
  /** Requests on each replica through a real balancer, by size of fleet; empty where it cannot run this. */
  measured: z.array(distribution),
});
export type SchemeSeries = z.infer<typeof schemeSeries>;

export const runResult = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('a1'), measured: distribution, simulated: distribution }),
  z.object({ kind: z.literal('a2'), measured: z.array(distribution), simulated: z.array(distribution) }),
  z.object({ kind: z.literal('a3'), checks: z.array(endpointCheck), kill: killReport }),
  z.object({ kind: z.literal('a4'), requests: z.int(), series: z.array(schemeSeries) }),
  z.object({ kind: z.literal('kill'), kill: killReport }),
  z.object({ kind: z.literal('load'), load: loadSummary }),
]);
export type RunResult = z.infer<typeof runResult>;
export type ResultOf<K extends RunResult['kind']> = Extract<RunResult, { kind: K }>;

const environment = z.object({
  ringmaster: z.string(),
  node: z.string(),
  system: z.string(),
  processor: z.string(),
  cores: z.int(),
  memoryBytes: z.number(),
  /** Of the balancer that was measured. */
  runtime: z.string(),
  placement: z.string(),
  key: z.string(),
  workers: z.int(),
});
export type RunEnvironment = z.infer<typeof environment>;

const RUN_STATUSES = ['running', 'done', 'failed', 'cancelled'] as const;

/** What a list of runs shows. */
export const runHead = z.object({
  /** Sorts by time: `20261123-101500123-a1-3f9c`. */
  id: z.string().regex(/^[0-9]{8}-[0-9]{9}-[a-z0-9]{2,4}-[0-9a-f]{4}$/),
  kind: z.enum(EXPERIMENT_KINDS),
  status: z.enum(RUN_STATUSES),
  /** Wall time, ms. */
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  /** What came out, in one sentence; or why nothing did. */
  summary: z.string(),
  /** Of a hypothesis or of checks; null where nothing is claimed. */
  pass: z.boolean().nullable(),
});
export type RunHead = z.infer<typeof runHead>;

export const run = runHead.extend({
  request: experimentRequest,
  environment: environment.nullable(),
  result: runResult.nullable(),
});
export type Run = z.infer<typeof run>;

/** How a run goes, as it goes. */
export const runProgress = z.object({
  /** 0 to 1. */
  ratio: z.number(),
  /** What it does now, in plain words. */
  step: z.string(),
  requests: z.int(),
  failed: z.int(),
  /** Requests so far on each replica in this step. */
  replicas: z.array(z.tuple([z.string(), z.int()])),
  /** The latest stretch of load. */
  frame: loadSummary.shape.frames.element.nullable(),
  /** While a fault is watched. */
  stopwatch: stopwatch.nullable().default(null),
});
export type RunProgress = z.infer<typeof runProgress>;

/** `GET /_ring/v1/runs/ID/events` (server-sent events; `event:` is `type`, `data:` the JSON of `data`). `found` is the result so far: that of the steps which are over. Ends with `finished`. */
export const runMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), data: runProgress }),
  z.object({ type: z.literal('found'), data: runResult }),
  z.object({ type: z.literal('finished'), data: runHead }),
]);
export type RunMessage = z.infer<typeof runMessage>;

export const runsPage = z.object({ runs: z.array(runHead) });
