import { z } from 'zod';
import { alertCondition, alertSeverity } from './alert-rules.ts';
import { replicaName } from './contract.ts';

/** Why an alert ended. */
export const ALERT_ENDINGS = ['cleared', 'replica-gone', 'rule-changed', 'rule-removed', 'rule-disabled'] as const;

/**
 * pending: the condition holds, but not yet for long enough · firing · resolved: it is over. One that ends while it is
 * pending (`firedAt` null) was none, and is not kept.
 */
export const ALERT_STATES = ['pending', 'firing', 'resolved'] as const;

/** A rule's condition that holds or held, for one replica or the whole fleet. */
export const alertView = z.object({
  id: z.string(),
  rule: z.object({ id: z.string(), name: z.string(), severity: alertSeverity, condition: alertCondition }),
  /** Null when it is about the fleet. */
  replica: z.string().nullable(),
  state: z.enum(ALERT_STATES),
  /** The latest value while it held: ms, a ratio or a count, as the condition has it; 1 where there is nothing to measure. */
  value: z.number(),
  /** The bound it crossed, in the value's unit. */
  threshold: z.number(),
  /** Plain words, without the replica's name: "p99 of 1,240 ms is over 500 ms". */
  summary: z.string(),
  /** Wall times, ms: the condition began to hold; it had held for long enough; it was over. */
  startsAt: z.number(),
  firedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  ending: z.enum(ALERT_ENDINGS).nullable(),
  /** Somebody has seen it and takes care of it. */
  acknowledged: z.object({ at: z.number(), actor: z.string() }).nullable(),
  /** Wall time until which it is not told to anybody, ms; null when it is. */
  silencedUntil: z.number().nullable(),
  /** Whether its firing was handed to the webhooks: its end is told to those who know of its begin. */
  isTold: z.boolean(),
});
export type AlertView = z.infer<typeof alertView>;

const MAX_SILENCE_MS = 30 * 24 * 3_600_000;

/**
 * Body of `POST /_ring/v1/alerts/silences`: alerts of this rule, of this replica, of both at once, or, with neither, all
 * of them are told to nobody for `forMs`. They are still watched and shown.
 */
export const silenceDraft = z.strictObject({
  ruleId: z.string().max(40).nullable().default(null),
  replica: replicaName.nullable().default(null),
  forMs: z.int().min(1_000).max(MAX_SILENCE_MS),
  reason: z.string().trim().max(200).default(''),
});
export type SilenceDraft = z.input<typeof silenceDraft>;

export const silence = z.object({
  id: z.string(),
  ruleId: z.string().nullable(),
  replica: z.string().nullable(),
  at: z.number(),
  until: z.number(),
  reason: z.string(),
  actor: z.string(),
});
export type Silence = z.infer<typeof silence>;
/** Silences that can run at the same time. */
export const MAX_SILENCES = 200;

/** `GET /_ring/v1/alerts?limit=N`. */
export const alertsQuery = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });
export const alertsPage = z.object({
  /** Firing first, then pending; critical first. */
  active: z.array(alertView),
  /** Ended, the newest first. */
  recent: z.array(alertView),
  silences: z.array(silence),
});
export type AlertsPage = z.infer<typeof alertsPage>;
