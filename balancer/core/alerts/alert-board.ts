import type { AlertRule, AlertRuleDraft } from '../../../lib/api/alert-rules.ts';
import type { AlertsPage, AlertView, Silence, silenceDraft } from '../../../lib/api/alerts.ts';
import type { Result } from '../../../lib/api/errors.ts';
import type { DeliveryView, WebhookDraft, WebhooksPage, WebhookView } from '../../../lib/api/webhooks.ts';

export type CheckedSilence = (typeof silenceDraft)['_output'];

/** What the REST API can ask about alerts. A change that is refused, or cannot be kept, changes nothing. */
export interface AlertBoard {
  page(limit: number): AlertsPage;
  rules(): readonly AlertRule[];
  addRule(draft: AlertRuleDraft, actor: string): Result<AlertRule>;
  changeRule(id: string, draft: AlertRuleDraft, actor: string): Result<AlertRule>;
  removeRule(id: string, actor: string): Result<AlertRule>;
  /** `isSeen` false takes an acknowledgement back. */
  acknowledge(id: string, isSeen: boolean, actor: string): Result<AlertView>;
  silence(draft: CheckedSilence, actor: string): Result<Silence>;
  unsilence(id: string, actor: string): Result<Silence>;
  webhooks(): WebhooksPage;
  addWebhook(draft: WebhookDraft, actor: string): Result<WebhookView>;
  removeWebhook(id: string, actor: string): Result<WebhookView>;
  testWebhook(id: string, actor: string): Result<DeliveryView>;
}
