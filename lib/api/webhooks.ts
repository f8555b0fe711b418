import { z } from 'zod';
import { alertCondition, alertSeverity } from './alert-rules.ts';
import { ALERT_ENDINGS } from './alerts.ts';

/** Body of `POST /_ring/v1/alerts/webhooks`. */
export const webhookDraft = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .max(2_000)
    .refine((text) => URL.canParse(text) && new URL(text).username === '', 'may hold no user name or password'),
  /** Signs what is sent, as Standard Webhooks has it; never shown again. `whsec_` and base64, or any text. */
  secret: z.string().min(8).max(200).optional(),
});
export type WebhookDraft = z.infer<typeof webhookDraft>;
/** Webhooks there can be, those of the command line aside. */
export const MAX_WEBHOOKS = 20;

/** A receiver as it is shown: the path of its URL may be its password, so it is left out. */
export const webhookView = z.object({
  id: z.string(),
  /** "https://hooks.example.com/…" */
  target: z.string(),
  isSigned: z.boolean(),
  /** `flag`: given on the command line, and not to be changed here. */
  from: z.enum(['flag', 'api']),
});
export type WebhookView = z.infer<typeof webhookView>;

export const deliveryView = z.object({
  /** Also the header `webhook-id`: the same with each try, so that a receiver can tell a repetition. */
  id: z.string(),
  webhookId: z.string(),
  target: z.string(),
  type: z.enum(['alert.firing', 'alert.resolved', 'test']),
  alertId: z.string().nullable(),
  /** What it is about: "Replica down · S2". */
  title: z.string(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  /** Tries made. */
  attempts: z.int(),
  /** Wall times, ms. */
  at: z.number(),
  nextAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** What came of the last try: "204", "503", "connect ECONNREFUSED". */
  outcome: z.string().nullable(),
});
export type DeliveryView = z.infer<typeof deliveryView>;

/** `GET /_ring/v1/alerts/webhooks`. */
export const webhooksPage = z.object({
  webhooks: z.array(webhookView),
  /** The newest first. */
  deliveries: z.array(deliveryView),
  /** False when `--webhook-changes off` leaves receivers to the command line. */
  mayChange: z.boolean(),
});
export type WebhooksPage = z.infer<typeof webhooksPage>;

/** The body that is posted to a webhook. Fields are added within a version, never changed or removed. */
export const webhookBody = z.object({
  version: z.literal(1),
  type: z.enum(['alert.firing', 'alert.resolved', 'test']),
  /** One sentence for people; chat systems that read `text` show it. */
  text: z.string(),
  /** Null in a test. */
  alert: z
    .object({
      id: z.string(),
      rule: z.object({ id: z.string(), name: z.string(), condition: alertCondition }),
      severity: alertSeverity,
      replica: z.string().nullable(),
      summary: z.string(),
      value: z.number(),
      threshold: z.number(),
      /** ISO 8601 with ms, UTC. */
      startsAt: z.string(),
      endsAt: z.string().nullable(),
      ending: z.enum(ALERT_ENDINGS).nullable(),
    })
    .nullable(),
  /** The alert in the panel; null without `--panel-url`. */
  link: z.string().nullable(),
});
export type WebhookBody = z.infer<typeof webhookBody>;
