import { z } from 'zod';
import { replicaName } from './contract.ts';
import { replicaStatus } from './state.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * How finely the past is kept, and for how long. Each step is a whole multiple of the one before, and so close to it that
 * any stretch is told by whole steps, at most SAMPLES_A_PAGE of them: nothing has to be left out.
 */
export const SAMPLE_STEPS = [
  { stepMs: 1_000, keptMs: HOUR_MS },
  { stepMs: 10_000, keptMs: DAY_MS },
  { stepMs: 60_000, keptMs: 30 * DAY_MS },
  { stepMs: 300_000, keptMs: 30 * DAY_MS },
  { stepMs: 1_800_000, keptMs: 30 * DAY_MS },
  { stepMs: 7_200_000, keptMs: 30 * DAY_MS },
] as const;

/** The most samples one answer holds; a longer range is told in wider steps. */
export const SAMPLES_A_PAGE = 400;

/**
 * One replica over one step. Rates are means and memory is the worst; p50 and p99 are of all requests of the step (of a
 * second: of the last 10 s, as the live figures are).
 */
export const replicaSample = z.object({
  name: z.string(),
  seat: z.int(),
  /** At the end of the step. */
  status: replicaStatus,
  requestsPerSecond: z.number(),
  errorsPerSecond: z.number(),
  inFlight: z.number(),
  p50Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  cpuPercent: z.number().nullable(),
  memoryBytes: z.number().nullable(),
});
export type ReplicaSample = z.infer<typeof replicaSample>;

/** The whole fleet over one step. */
export const sample = z.object({
  /** Wall time of its beginning, ms; a multiple of the step. */
  at: z.number(),
  serving: z.number(),
  requestsPerSecond: z.number(),
  errorsPerSecond: z.number(),
  retriesPerSecond: z.number(),
  lostPerSecond: z.number(),
  inFlight: z.number(),
  p50Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  replicas: z.array(replicaSample),
});
export type Sample = z.infer<typeof sample>;

/** `GET /_ring/v1/samples?from=MS&to=MS&replica=NAME`: wall times in ms; with a name, only that replica's part. */
export const samplesQuery = z
  .object({
    from: z.coerce.number().int().min(0),
    to: z.coerce.number().int().min(0),
    replica: replicaName.optional(),
  })
  .refine(({ from, to }) => from < to, 'from has to be before to');
export type SamplesQuery = z.infer<typeof samplesQuery>;

export const samplesPage = z.object({
  /** Between two samples; a sample speaks for `stepMs` of it. */
  strideMs: z.number(),
  stepMs: z.number(),
  /** Oldest first; times without a sample are times the balancer did not run. */
  samples: z.array(sample),
});
export type SamplesPage = z.infer<typeof samplesPage>;
