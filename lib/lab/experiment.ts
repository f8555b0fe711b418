import { z } from 'zod';
import { MAX_REPLICAS } from '../ring/types.ts';
import { keyPattern } from './key-pattern.ts';
import { loadSpec, requestPath } from './load.ts';
import { customScheme, scheme } from './scheme.ts';

export const EXPERIMENT_KINDS = ['a1', 'a2', 'a3', 'a4', 'kill', 'load'] as const;
export type ExperimentKind = (typeof EXPERIMENT_KINDS)[number];

/**
 * kill: SIGKILL · hang: frozen for good · slow: for 4 s frozen 400 ms of every 500 · flap: frozen and thawed every
 * second, three times · all: SIGKILL to every replica at once.
 */
export const FAULTS = ['kill', 'hang', 'slow', 'flap', 'all'] as const;
export type Fault = (typeof FAULTS)[number];

const requests = z.int().min(100).max(1_000_000).default(10_000);
const clients = z.int().min(1).max(512).default(100);
const replicas = z.int().min(1).max(20);
const path = requestPath.default('/home');
const seed = z.int().min(0).max(0xffffffff).default(1);
/** Requests of the simulation beside a measurement. */
const simulated = z.int().min(100).max(10_000_000).default(1_000_000);

const killFields = {
  fault: z.enum(FAULTS).default('kill'),
  path,
  /** Requests a second while it lasts. */
  perSecond: z.int().min(10).max(5000).default(500),
  repeat: z.int().min(1).max(50).default(1),
  /** Between two rounds of a repetition: a schedule of checks. */
  everyMs: z.int().min(0).max(3_600_000).default(0),
  /** What is claimed: no more than this many requests lost, and all replicas serving again within this time. */
  maxLost: z.int().min(0).optional(),
  /** Counted from the end of the fault; what is usual for it when left out. */
  backWithinMs: z.int().min(10).max(120_000).optional(),
};

/** A frozen replica is noticed by its probes, which takes its time; a dead one at once. */
const USUALLY_BACK_MS: Readonly<Record<Fault, number>> = { kill: 1000, hang: 6000, slow: 1000, flap: 2000, all: 2000 };

/** Requests that may be lost: none, but for the time in which nobody is there to answer. Null: as many as that takes. */
export function mostLost({
  fault,
  maxLost,
}: {
  readonly fault: Fault;
  readonly maxLost?: number | undefined;
}): number | null {
  return maxLost ?? (fault === 'all' ? null : 0);
}

export function backWithin({
  fault,
  backWithinMs,
}: {
  readonly fault: Fault;
  readonly backWithinMs?: number | undefined;
}): number {
  return backWithinMs ?? USUALLY_BACK_MS[fault];
}

/** What can be run, with its parameters; `load` is a load by itself. */
export const experimentRequest = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('a1'),
    replicas: replicas.default(3),
    requests,
    clients,
    keys: keyPattern.default({ kind: 'none' }),
    path,
    simulated,
    seed,
  }),
  z
    .object({
      kind: z.literal('a2'),
      from: replicas.default(2),
      to: replicas.default(6),
      requests,
      clients,
      keys: keyPattern.default({ kind: 'none' }),
      path,
      simulated,
      seed,
    })
    .refine(({ from, to }) => from < to, { message: 'from is less than to', path: ['to'] }),
  z.object({ kind: z.literal('a3'), ...killFields }),
  z.object({
    kind: z.literal('a4'),
    counts: z
      .array(z.int().min(1).max(MAX_REPLICAS))
      .min(1)
      .max(MAX_REPLICAS)
      .default([2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 24, 32, 48, 56]),
    requests,
    keys: keyPattern.default({ kind: 'random' }),
    schemes: z.array(scheme).min(1).max(20).optional(),
    custom: z
      .array(customScheme.omit({ kind: true }))
      .max(8)
      .default([]),
    /** Also starts a balancer for each placement it can run, and measures it at these sizes. */
    measure: z.boolean().default(true),
    measuredCounts: z.array(replicas).max(20).default([2, 3, 4, 5, 6]),
    clients,
    seed,
  }),
  z.object({ kind: z.literal('kill'), ...killFields }),
  z.object({ kind: z.literal('load'), load: loadSpec }),
]);
export type ExperimentRequest = z.infer<typeof experimentRequest>;
export type RequestOf<K extends ExperimentKind> = Extract<ExperimentRequest, { kind: K }>;
export type KillParameters = Omit<RequestOf<'kill'>, 'kind'>;

export const EXPERIMENT_TITLES: Readonly<Record<ExperimentKind, string>> = {
  a1: 'A-1: requests on each replica',
  a2: 'A-2: load as the fleet grows',
  a3: 'A-3: every endpoint, and a replica that dies',
  a4: 'A-4: other hash functions',
  kill: 'Kill demo',
  load: 'Load',
};
