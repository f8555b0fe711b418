import { type AlertRule, type AlertRuleDraft, alertRule, alertRulesPage } from '#lib/api/alert-rules.ts';
import { type AlertView, alertsPage, alertView, type Silence, type SilenceDraft, silence } from '#lib/api/alerts.ts';
import {
  type DeliveryView,
  deliveryView,
  type WebhookDraft,
  type WebhookView,
  webhooksPage,
  webhookView,
} from '#lib/api/webhooks.ts';
import { callPanel } from '../_changes/api.ts';

const path = (kind: string, id: string): string => `/api/alerts/${kind}${encodeURIComponent(id)}`;

function json(method: 'POST' | 'PUT', body: unknown): RequestInit {
  return { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

export const readAlerts = (signal: AbortSignal) => callPanel('/api/alerts', alertsPage, { signal });
export const readRules = (signal: AbortSignal) => callPanel('/api/alerts/rules', alertRulesPage, { signal });
export const readWebhooks = (signal: AbortSignal) => callPanel('/api/alerts/webhooks', webhooksPage, { signal });

/** Replaces the rule of this id; null adds one. */
export function saveRule(id: string | null, draft: AlertRuleDraft): Promise<AlertRule> {
  if (id === null) return callPanel('/api/alerts/rules', alertRule, json('POST', draft));
  return callPanel(path('rules/', id), alertRule, json('PUT', draft));
}

export function removeRule(id: string): Promise<AlertRule> {
  return callPanel(path('rules/', id), alertRule, { method: 'DELETE' });
}

export function acknowledge(id: string, isSeen: boolean): Promise<AlertView> {
  return callPanel(`${path('', id)}/acknowledge`, alertView, { method: isSeen ? 'POST' : 'DELETE' });
}

export function silenceFor(draft: SilenceDraft): Promise<Silence> {
  return callPanel('/api/alerts/silences', silence, json('POST', draft));
}

export function unsilence(id: string): Promise<Silence> {
  return callPanel(path('silences/', id), silence, { method: 'DELETE' });
}

export function addWebhook(draft: WebhookDraft): Promise<WebhookView> {
  return callPanel('/api/alerts/webhooks', webhookView, json('POST', draft));
}

export function removeWebhook(id: string): Promise<WebhookView> {
  return callPanel(path('webhooks/', id), webhookView, { method: 'DELETE' });
}

export function testWebhook(id: string): Promise<DeliveryView> {
  return callPanel(`${path('webhooks/', id)}/test`, deliveryView, { method: 'POST' });
}
