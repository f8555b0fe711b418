import type { AlertView } from '../../../lib/api/alerts.ts';
import type { WebhookSender } from '../../core/alerts/delivery.ts';
import type { FleetSignals } from '../../core/alerts/signals.ts';
import { alertBody, titleOf } from '../../core/alerts/webhook-body.ts';
import type { Clock, Random } from '../../core/ports.ts';
import type { Store } from '../../core/store.ts';
import type { Feed } from '../event-feed.ts';
import type { Journal } from '../journal.ts';
import { AlertDesk } from './alert-desk.ts';
import { AlertWatch } from './alert-watch.ts';
import { SettingsKeeper } from './settings-keeper.ts';
import { type FixedWebhook, receiversOf, WebhookDesk } from './webhook-desk.ts';
import { WebhookQueue } from './webhook-queue.ts';

/** Who is told of alerts, as it was set at the start. */
export interface AlertingSettings {
  readonly sender: WebhookSender;
  readonly webhooks: readonly FixedWebhook[];
  /** Whether the API may add receivers and remove those it added. */
  readonly mayChangeWebhooks: boolean;
  readonly panelUrl: string | null;
}

export interface AlertingParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly store: Store;
  readonly journal: Journal;
  readonly feed: Feed;
  readonly settings: AlertingSettings;
}

export interface Alerting {
  readonly desk: AlertDesk;
  active(): readonly AlertView[];
  /** Deliveries that are not yet made. */
  waiting(): number;
  /** Called once a second. */
  look(signals: FleetSignals): void;
  close(): Promise<void>;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function writeTurn(journal: Journal, { rule, replica, state, summary, ending }: AlertView): void {
  if (state === 'firing') {
    const message = `alert “${rule.name}” fires: ${summary}`;
    journal.write({ kind: 'alert-fired', severity: rule.severity, message, subject: replica });
    return;
  }
  const why = ending === null || ending === 'cleared' ? '' : ` (${ending.replace('-', ' ')})`;
  const message = `alert “${rule.name}” is over${why}`;
  journal.write({ kind: 'alert-resolved', severity: 'good', message, subject: replica });
}

/** Puts together what watches rules, keeps them, and tells of them. */
export function startAlerting({ clock, random, store, journal, feed, settings }: AlertingParts): Alerting {
  const { sender, webhooks: fixed, mayChangeWebhooks: mayChange, panelUrl } = settings;
  const { bootId } = feed;
  const keeper = new SettingsKeeper(store.alerts);
  const queue = new WebhookQueue({
    clock,
    random,
    store: store.alerts,
    sender,
    bootId,
    receivers: () => receiversOf(fixed, keeper),
    onFailed: ({ target, title, outcome, attempts }) => {
      const message = `webhook ${target} was not told of “${title}” in ${attempts} tries: ${outcome}`;
      journal.write({ kind: 'webhook-failed', severity: 'warning', message });
    },
  });
  const webhookDesk = new WebhookDesk({
    store: store.alerts,
    keeper,
    queue,
    journal,
    feed,
    fixed,
    mayChange,
    panelUrl,
  });
  const watch = new AlertWatch({
    clock,
    store: store.alerts,
    keeper,
    bootId,
    onTurn: (alert) => writeTurn(journal, alert),
    onTell: (alert) => {
      const body = alertBody(alert, panelUrl, iso);
      webhookDesk.tell({ type: body.type, alertId: alert.id, title: titleOf(alert), body: JSON.stringify(body) });
    },
    onShow: (alert, isFigure) => {
      const message = { type: 'alert' as const, data: alert };
      if (isFigure) feed.flash(message);
      else feed.publish(message);
    },
  });
  const desk = new AlertDesk({ clock, store: store.alerts, bootId, keeper, watch, webhookDesk, journal, feed });
  if (keeper.damage !== null) {
    const message = `the alert rules that were kept cannot be read, and the usual ones are in force: ${keeper.damage}`;
    journal.write({ kind: 'settings-changed', severity: 'warning', message });
  }
  return {
    desk,
    active: () => watch.active(),
    waiting: () => queue.waiting,
    look: (signals) => {
      if (keeper.forgetSilences(clock.wallTime())) feed.publish({ type: 'alert-settings', data: { what: 'silences' } });
      watch.look(signals);
      queue.pump();
      if (queue.takeChanged()) feed.flash({ type: 'alert-settings', data: { what: 'webhooks' } });
    },
    close: () => queue.close(),
  };
}
