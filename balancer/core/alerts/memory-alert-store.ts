import type { AlertView } from '../../../lib/api/alerts.ts';
import {
  ALERT_RETENTION,
  type AlertSettings,
  type AlertStore,
  DELIVERY_RETENTION,
  type LoadedAlertSettings,
} from './alert-store.ts';
import type { Delivery } from './delivery.ts';

/** Sets an entry as it is; the oldest ended one goes when there are too many. */
function put<T extends { readonly id: string }>(
  kept: Map<string, T>,
  entry: T,
  limit: number,
  isOpen: (entry: T) => boolean,
): void {
  kept.set(entry.id, entry);
  if (kept.size <= limit) return;
  for (const [id, other] of kept) if (!isOpen(other)) return void kept.delete(id);
}

export class MemoryAlertStore implements AlertStore {
  #settings: AlertSettings | null = null;
  readonly #alerts = new Map<string, AlertView>();
  readonly #deliveries = new Map<string, Delivery>();

  loadSettings(): LoadedAlertSettings {
    return this.#settings === null ? { kind: 'empty' } : { kind: 'found', settings: this.#settings };
  }

  saveSettings(settings: AlertSettings): { ok: true } {
    this.#settings = settings;
    return { ok: true };
  }

  saveAlert(alert: AlertView): void {
    put(this.#alerts, alert, ALERT_RETENTION, ({ state }) => state === 'firing');
  }

  alerts({ state, limit }: { state: 'firing' | 'resolved'; limit: number }): readonly AlertView[] {
    const found = [...this.#alerts.values()].filter((alert) => alert.state === state);
    return found.sort((a, b) => (b.endedAt ?? b.startsAt) - (a.endedAt ?? a.startsAt)).slice(0, limit);
  }

  saveDelivery(delivery: Delivery): void {
    put(this.#deliveries, delivery, DELIVERY_RETENTION, ({ state }) => state === 'waiting');
  }

  deliveries(limit: number): readonly Delivery[] {
    return [...this.#deliveries.values()].reverse().slice(0, limit);
  }

  waitingDeliveries(): readonly Delivery[] {
    return [...this.#deliveries.values()].filter(({ state }) => state === 'waiting');
  }
}
