import { z } from 'zod';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Of all requests together, or of each replica by itself. */
const scope = z.enum(['fleet', 'replica']);
/** The counters of the past reach no further back. */
const windowMs = z
  .int()
  .min(5_000)
  .max(10 * MINUTE_MS);

/** What a rule watches. Bounds belong to the value at which it begins to hold. */
export const alertCondition = z.discriminatedUnion('kind', [
  /** A replica has no healthy instance in rotation; those that were paused, drained or just added do not count. */
  z.strictObject({ kind: z.literal('replica-down') }),
  /** A replica exits soon after each start, so that the next start waits. */
  z.strictObject({ kind: z.literal('crash-looping') }),
  /** From the first sign of a failure to serving again: longer than `overMs`, ended or not. */
  z.strictObject({ kind: z.literal('slow-recovery'), overMs: z.int().min(1).max(DAY_MS) }),
  /** At least `missing` of the replicas that there should be do not serve. */
  z.strictObject({ kind: z.literal('too-few-serving'), missing: z.int().min(1).max(56) }),
  /** Answers of 5xx among all: more than `overRatio` (0–1) of at least `minRequests` within `windowMs`. */
  z.strictObject({
    kind: z.literal('error-ratio'),
    scope,
    overRatio: z.number().min(0).max(1),
    windowMs,
    minRequests: z.int().min(1).max(1_000_000_000),
  }),
  /** The 99th percentile of the last 10 s is over `overMs`. */
  z.strictObject({ kind: z.literal('slow-answers'), scope, overMs: z.number().min(0.1).max(DAY_MS) }),
  /** At least `count` requests within `windowMs` ended in an error or a cut answer because of a failure. */
  z.strictObject({ kind: z.literal('requests-lost'), count: z.int().min(1).max(1_000_000_000), windowMs }),
  /** The runtime that starts replicas (Docker) does not answer. */
  z.strictObject({ kind: z.literal('runtime-away') }),
]);
export type AlertCondition = z.infer<typeof alertCondition>;

export const alertSeverity = z.enum(['warning', 'critical']);

/** Body of `POST /_ring/v1/alerts/rules` and `PUT /_ring/v1/alerts/rules/ID`. */
export const alertRuleDraft = z.strictObject({
  name: z.string().trim().min(1).max(80),
  severity: alertSeverity,
  enabled: z.boolean().default(true),
  condition: alertCondition,
  /** The condition has to hold so long before the alert fires, ms. */
  forMs: z.int().min(0).max(DAY_MS),
  /** It has to be over for so long before the alert ends, ms: it does not flap. */
  clearMs: z
    .int()
    .min(0)
    .max(60 * MINUTE_MS)
    .default(5_000),
});
export type AlertRuleDraft = z.infer<typeof alertRuleDraft>;

export const alertRule = alertRuleDraft.extend({ id: z.string().regex(/^[a-z0-9-]{1,40}$/) });
export type AlertRule = z.infer<typeof alertRule>;

/** `GET /_ring/v1/alerts/rules`. */
export const alertRulesPage = z.object({ rules: z.array(alertRule) });
/** Rules there can be. */
export const MAX_ALERT_RULES = 100;
