import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import { alertRule } from '../../../lib/api/alert-rules.ts';
import { type AlertView, alertView, silence } from '../../../lib/api/alerts.ts';
import { deliveryView } from '../../../lib/api/webhooks.ts';
import {
  ALERT_RETENTION,
  type AlertSettings,
  type AlertStore,
  DELIVERY_RETENTION,
  type LoadedAlertSettings,
} from '../../core/alerts/alert-store.ts';
import type { Delivery } from '../../core/alerts/delivery.ts';
import { messageOf } from '../../core/log.ts';
import { parsed } from './parsed.ts';

/** What the file's owner lends to those who keep things in it. */
export interface SqliteAccess {
  /** Writes a moment later. */
  later(write: (database: DatabaseSync) => void): void;
  /** Writes now; throws when the disk does not take it. */
  run(sql: string, ...values: SQLInputValue[]): void;
  /** Rows; none when the file cannot be read. */
  all(sql: string, ...values: SQLInputValue[]): Record<string, unknown>[];
}

const alertSettings = z.object({
  rules: z.array(alertRule),
  silences: z.array(silence),
  webhooks: z.array(z.object({ id: z.string(), url: z.url(), secret: z.string().nullable() })),
});
const delivery = deliveryView.extend({ body: z.string() });

/** Rows beyond the retention are dropped once in so many writes. */
const PRUNE_EVERY = 200;

/** Alerts in the sqlite file. */
export class SqliteAlertStore implements AlertStore {
  readonly #access: SqliteAccess;
  #written = 0;

  constructor(access: SqliteAccess) {
    this.#access = access;
  }

  loadSettings(): LoadedAlertSettings {
    const [row] = this.#access.all('SELECT settings FROM alert_settings');
    if (row === undefined) return { kind: 'empty' };
    try {
      return { kind: 'found', settings: alertSettings.parse(JSON.parse(String(row['settings']))) };
    } catch (error) {
      return { kind: 'damaged', detail: messageOf(error) };
    }
  }

  saveSettings(settings: AlertSettings): { ok: true } | { ok: false; reason: string } {
    try {
      const sql = 'INSERT OR REPLACE INTO alert_settings (id, settings) VALUES (1, ?)';
      this.#access.run(sql, JSON.stringify(settings));
      return { ok: true };
    } catch (error) {
      return { ok: false, reason: messageOf(error) };
    }
  }

  saveAlert(alert: AlertView): void {
    const sql = 'INSERT OR REPLACE INTO alerts (id, state, at, alert) VALUES (?, ?, ?, ?)';
    const at = alert.endedAt ?? alert.startsAt;
    this.#write(sql, alert.id, alert.state, at, JSON.stringify(alert));
  }

  alerts({ state, limit }: { state: 'firing' | 'resolved'; limit: number }): readonly AlertView[] {
    const sql = 'SELECT alert FROM alerts WHERE state = ? ORDER BY at DESC LIMIT ?';
    return this.#access.all(sql, state, limit).flatMap((row) => parsed(alertView, row['alert']));
  }

  saveDelivery(entry: Delivery): void {
    const sql =
      'INSERT INTO deliveries (id, state, delivery) VALUES (?, ?, ?) ' +
      'ON CONFLICT (id) DO UPDATE SET state = excluded.state, delivery = excluded.delivery';
    this.#write(sql, entry.id, entry.state, JSON.stringify(entry));
  }

  deliveries(limit: number): readonly Delivery[] {
    const sql = 'SELECT delivery FROM deliveries ORDER BY number DESC LIMIT ?';
    return this.#access.all(sql, limit).flatMap((row) => parsed(delivery, row['delivery']));
  }

  waitingDeliveries(): readonly Delivery[] {
    const sql = "SELECT delivery FROM deliveries WHERE state = 'waiting' ORDER BY number";
    return this.#access.all(sql).flatMap((row) => parsed(delivery, row['delivery']));
  }

  /** Drops what is beyond the retention; what is not over stays. */
  prune(database: Pick<SqliteAccess, 'run'> = this.#access): void {
    const alerts = "SELECT at FROM alerts WHERE state = 'resolved' ORDER BY at DESC LIMIT 1 OFFSET ?";
    database.run(`DELETE FROM alerts WHERE state = 'resolved' AND at <= (${alerts})`, ALERT_RETENTION);
    const newest = 'SELECT MAX(number) FROM deliveries';
    database.run(`DELETE FROM deliveries WHERE state <> 'waiting' AND number <= (${newest}) - ?`, DELIVERY_RETENTION);
  }

  #write(sql: string, ...values: SQLInputValue[]): void {
    this.#access.later((database) => {
      database.prepare(sql).run(...values);
      if (++this.#written % PRUNE_EVERY === 0) {
        this.prune({ run: (text, ...given) => void database.prepare(text).run(...given) });
      }
    });
  }
}
