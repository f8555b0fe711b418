import { accepted, type Result, refused } from '../../../lib/api/errors.ts';
import {
  type DeliveryView,
  MAX_WEBHOOKS,
  type WebhookDraft,
  type WebhooksPage,
  type WebhookView,
} from '../../../lib/api/webhooks.ts';
import type { AlertStore } from '../../core/alerts/alert-store.ts';
import { targetOf } from '../../core/alerts/delivery.ts';
import { testBody } from '../../core/alerts/webhook-body.ts';
import type { Feed } from '../event-feed.ts';
import type { Journal } from '../journal.ts';
import type { SettingsKeeper } from './settings-keeper.ts';
import type { Message, Receiver, WebhookQueue } from './webhook-queue.ts';

/** A receiver given on the command line. */
export interface FixedWebhook {
  readonly id: string;
  readonly url: string;
  readonly secret: string | null;
}

export interface WebhookDeskParts {
  readonly store: AlertStore;
  readonly keeper: SettingsKeeper;
  readonly queue: WebhookQueue;
  readonly journal: Journal;
  readonly feed: Feed;
  readonly fixed: readonly FixedWebhook[];
  readonly mayChange: boolean;
  /** Where the panel is, for links; null when nobody said. */
  readonly panelUrl: string | null;
}

const SHOWN_DELIVERIES = 100;

/** Everybody who is told of alerts. */
export function receiversOf(fixed: readonly FixedWebhook[], { webhooks }: SettingsKeeper): readonly Receiver[] {
  return [
    ...fixed.map((webhook) => ({ ...webhook, mayReachLinkLocal: true })),
    ...webhooks.map((webhook) => ({ ...webhook, mayReachLinkLocal: false })),
  ];
}

/** Who is told of alerts, and what came of it. */
export class WebhookDesk {
  readonly #parts: WebhookDeskParts;

  constructor(parts: WebhookDeskParts) {
    this.#parts = parts;
  }

  page(): WebhooksPage {
    const { store, mayChange, fixed, keeper } = this.#parts;
    const deliveries = store.deliveries(SHOWN_DELIVERIES).map(({ body: _, ...view }) => view);
    const webhooks = [
      ...fixed.map((webhook) => viewOf(webhook, 'flag')),
      ...keeper.webhooks.map((webhook) => viewOf(webhook, 'api')),
    ];
    return { webhooks, deliveries, mayChange };
  }

  add(draft: WebhookDraft, id: string, actor: string): Result<WebhookView> {
    const { keeper, mayChange } = this.#parts;
    if (!mayChange) return FIXED;
    if (keeper.webhooks.length >= MAX_WEBHOOKS)
      return refused('too-many', `There can be ${MAX_WEBHOOKS} webhooks at most`);
    const webhook = { id, url: new URL(draft.url).href, secret: draft.secret ?? null };
    if (this.#receivers().some(({ url }) => url === webhook.url)) {
      return refused('conflict', 'This URL is told of alerts already');
    }
    const view = viewOf(webhook, 'api');
    const added = keeper.change({ webhooks: [...keeper.webhooks, webhook] }, view);
    if (added.ok) this.#written(`webhook ${view.target} added`, actor);
    return added;
  }

  remove(id: string, actor: string): Result<WebhookView> {
    const { keeper, mayChange, queue } = this.#parts;
    const webhook = keeper.webhooks.find((other) => other.id === id);
    if (!mayChange || this.#parts.fixed.some((fixed) => fixed.id === id)) return FIXED;
    if (webhook === undefined) return refused('not-found', 'There is no such webhook');
    const view = viewOf(webhook, 'api');
    const removed = keeper.change({ webhooks: keeper.webhooks.filter((other) => other.id !== id) }, view);
    if (!removed.ok) return removed;
    queue.pump();
    this.#written(`webhook ${view.target} removed`, actor);
    return removed;
  }

  test(id: string, actor: string): Result<DeliveryView> {
    const receiver = this.#receivers().find((other) => other.id === id);
    if (receiver === undefined) return refused('not-found', 'There is no such webhook');
    const body = JSON.stringify(testBody(actor, this.#parts.panelUrl));
    const { body: _, ...view } = this.#parts.queue.add(receiver, { type: 'test', alertId: null, title: 'Test', body });
    this.#written(`test sent to webhook ${view.target}`, actor);
    return accepted(view);
  }

  /** Queues a message for everybody. */
  tell(message: Message): void {
    for (const receiver of this.#receivers()) this.#parts.queue.add(receiver, message);
  }

  #receivers(): readonly Receiver[] {
    return receiversOf(this.#parts.fixed, this.#parts.keeper);
  }

  #written(message: string, actor: string): void {
    this.#parts.journal.write({ kind: 'webhook-changed', severity: 'info', message, actor });
    this.#parts.feed.publish({ type: 'alert-settings', data: { what: 'webhooks' } });
  }
}

const FIXED = refused('webhooks-fixed', 'The command line says who is told of alerts, and this cannot be changed here');

function viewOf({ id, url, secret }: FixedWebhook, from: WebhookView['from']): WebhookView {
  return { id, target: targetOf(url), isSigned: secret !== null, from };
}
