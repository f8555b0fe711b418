import type { AlertRule } from '../../../lib/api/alert-rules.ts';
import type { AlertView, Silence } from '../../../lib/api/alerts.ts';
import type { Delivery } from './delivery.ts';

/** A receiver that was set through the API. */
export interface KeptWebhook {
  readonly id: string;
  readonly url: string;
  readonly secret: string | null;
}

/** What operators set. */
export interface AlertSettings {
  readonly rules: readonly AlertRule[];
  readonly silences: readonly Silence[];
  readonly webhooks: readonly KeptWebhook[];
}

export type LoadedAlertSettings =
  | { readonly kind: 'found'; readonly settings: AlertSettings }
  /** Nothing was ever set here. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'damaged'; readonly detail: string };

/** The part of the Store that alerts are kept in. Nothing here throws. */
export interface AlertStore {
  loadSettings(): LoadedAlertSettings;
  saveSettings(settings: AlertSettings): { readonly ok: true } | { readonly ok: false; readonly reason: string };
  /** A second one of the same id replaces the first. */
  saveAlert(alert: AlertView): void;
  /** Alerts that fired, newest first; `firing`: of those that have not ended, all. */
  alerts(query: { readonly state: 'firing' | 'resolved'; readonly limit: number }): readonly AlertView[];
  saveDelivery(delivery: Delivery): void;
  /** Newest first. */
  deliveries(limit: number): readonly Delivery[];
  /** Not yet delivered or given up, oldest first. */
  waitingDeliveries(): readonly Delivery[];
}

/** Alerts kept. */
export const ALERT_RETENTION = 2_000;
/** Deliveries kept. */
export const DELIVERY_RETENTION = 1_000;
