import type { Flag } from './flag.ts';

/** Who is told of alerts. */
export const ALERT_FLAGS = [
  {
    name: 'alert-webhook',
    group: 'Alerts',
    value: 'URL',
    fallback: 'none',
    help: 'told of each alert that fires or ends, with a POST of JSON; repeatable',
    repeats: true,
  },
  {
    name: 'alert-webhook-secret',
    group: 'Alerts',
    value: 'SECRET',
    fallback: 'none',
    help: 'signs what is posted there (Standard Webhooks); better given as RINGMASTER_ALERT_WEBHOOK_SECRET',
  },
  {
    name: 'webhook-changes',
    group: 'Alerts',
    value: 'WHEN',
    fallback: 'on',
    help: 'on: whoever may change things may also add webhooks, in the panel or the API; off: only --alert-webhook',
  },
  {
    name: 'panel-url',
    group: 'Alerts',
    value: 'URL',
    fallback: 'none',
    help: 'where people reach the panel; what is posted then links to the alert',
  },
] as const satisfies readonly Flag[];
