import type { z } from 'zod';
import { type AlertRule, type AlertRuleDraft, alertRule, alertRulesPage } from '../api/alert-rules.ts';
import {
  type AlertsPage,
  type AlertView,
  alertsPage,
  alertView,
  type Silence,
  type SilenceDraft,
  silence,
} from '../api/alerts.ts';
import {
  type DeliveryView,
  deliveryView,
  type WebhookDraft,
  type WebhooksPage,
  type WebhookView,
  webhooksPage,
  webhookView,
} from '../api/webhooks.ts';
import { type Call, type ClientOptions, caller } from './client.ts';

/** What fires, the rules, and who is told. Calls reject with an ApiError when they are refused. */
export interface AlertClient {
  alerts(limit?: number, signal?: AbortSignal): Promise<AlertsPage>;
  rules(signal?: AbortSignal): Promise<readonly AlertRule[]>;
  addRule(rule: AlertRuleDraft, signal?: AbortSignal): Promise<AlertRule>;
  changeRule(id: string, rule: AlertRuleDraft, signal?: AbortSignal): Promise<AlertRule>;
  removeRule(id: string, signal?: AbortSignal): Promise<AlertRule>;
  acknowledge(id: string, signal?: AbortSignal): Promise<AlertView>;
  unacknowledge(id: string, signal?: AbortSignal): Promise<AlertView>;
  silence(silence: SilenceDraft, signal?: AbortSignal): Promise<Silence>;
  unsilence(id: string, signal?: AbortSignal): Promise<Silence>;
  webhooks(signal?: AbortSignal): Promise<WebhooksPage>;
  addWebhook(webhook: WebhookDraft, signal?: AbortSignal): Promise<WebhookView>;
  removeWebhook(id: string, signal?: AbortSignal): Promise<WebhookView>;
  testWebhook(id: string, signal?: AbortSignal): Promise<DeliveryView>;
}

export function createAlertClient(options: ClientOptions): AlertClient {
  const call = caller(options);
  const ask = async <T extends z.ZodType>(schema: T, request: Call): Promise<z.output<T>> =>
    schema.parse(await (await call(request)).json());
  const base = '/_ring/v1/alerts';
  const path = (kind: string, id: string, rest = ''): string => `${base}${kind}/${encodeURIComponent(id)}${rest}`;
  return {
    alerts: (limit, signal) => ask(alertsPage, { path: limit === undefined ? base : `${base}?limit=${limit}`, signal }),
    rules: async (signal) => (await ask(alertRulesPage, { path: `${base}/rules`, signal })).rules,
    addRule: (body, signal) => ask(alertRule, { method: 'POST', path: `${base}/rules`, body, signal }),
    changeRule: (id, body, signal) => ask(alertRule, { method: 'PUT', path: path('/rules', id), body, signal }),
    removeRule: (id, signal) => ask(alertRule, { method: 'DELETE', path: path('/rules', id), signal }),
    acknowledge: (id, signal) => ask(alertView, { method: 'POST', path: path('', id, '/acknowledge'), signal }),
    unacknowledge: (id, signal) => ask(alertView, { method: 'DELETE', path: path('', id, '/acknowledge'), signal }),
    silence: (body, signal) => ask(silence, { method: 'POST', path: `${base}/silences`, body, signal }),
    unsilence: (id, signal) => ask(silence, { method: 'DELETE', path: path('/silences', id), signal }),
    webhooks: (signal) => ask(webhooksPage, { path: `${base}/webhooks`, signal }),
    addWebhook: (body, signal) => ask(webhookView, { method: 'POST', path: `${base}/webhooks`, body, signal }),
    removeWebhook: (id, signal) => ask(webhookView, { method: 'DELETE', path: path('/webhooks', id), signal }),
    testWebhook: (id, signal) => ask(deliveryView, { method: 'POST', path: path('/webhooks', id, '/test'), signal }),
  };
}
