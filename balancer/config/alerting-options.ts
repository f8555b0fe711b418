import { createHash } from 'node:crypto';
import type { FixedWebhook } from '../control/alerts/webhook-desk.ts';
import type { Flags } from './config.ts';

/** Who is told of alerts, as the command line has it. An id stands for its URL, so that what waits goes nowhere else. */
export function alertingOptions(flags: Flags): {
  readonly webhooks: readonly FixedWebhook[];
  readonly mayChangeWebhooks: boolean;
  readonly panelUrl: string | null;
} {
  const secret = flags['alert-webhook-secret'] ?? null;
  const webhooks = flags['alert-webhook'].map((url) => ({
    id: `flag-${createHash('sha256').update(url).digest('hex').slice(0, 12)}`,
    url,
    secret,
  }));
  return { webhooks, mayChangeWebhooks: flags['webhook-changes'] === 'on', panelUrl: flags['panel-url'] ?? null };
}
