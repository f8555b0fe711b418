import { describe, expect, test } from 'vitest';
import type { AlertView } from '../../../lib/api/alerts.ts';
import { ALERT_RETENTION, type AlertSettings, DELIVERY_RETENTION } from '../../core/alerts/alert-store.ts';
import { DEFAULT_RULES } from '../../core/alerts/default-rules.ts';
import type { Delivery } from '../../core/alerts/delivery.ts';
import type { Store } from '../../core/store.ts';

function someAlert(id: string, change: Partial<AlertView> = {}): AlertView {
  return {
    id,
    rule: { id: 'replica-down', name: 'Replica down', severity: 'critical', condition: { kind: 'replica-down' } },
    replica: 'S1',
    state: 'firing',
    value: 1,
    threshold: 1,
    summary: 'does not serve',
    startsAt: 1_000,
    firedAt: 2_000,
    endedAt: null,
    ending: null,
    acknowledged: { at: 2_500, actor: 'alice' },
    silencedUntil: null,
    isTold: true,
    ...change,
  };
}

function resolved(id: string, endedAt: number): AlertView {
  return someAlert(id, { state: 'resolved', endedAt, ending: 'cleared' });
}

function someDelivery(id: string, change: Partial<Delivery> = {}): Delivery {
  return {
    id,
    webhookId: 'w',
    target: 'http://example.com',
    type: 'alert.firing',
    alertId: 'a',
    title: 'Replica down · S1',
    body: '{"version":1}',
    state: 'waiting',
    attempts: 0,
    at: 1_000,
    nextAt: 1_000,
    endedAt: null,
    outcome: null,
    ...change,
  };
}

const settings: AlertSettings = {
  rules: DEFAULT_RULES,
  silences: [{ id: 's', ruleId: null, replica: 'S1', at: 1, until: 2, reason: 'an update', actor: 'alice' }],
  webhooks: [{ id: 'w', url: 'http://example.com/hook', secret: 'a long secret' }],
};

/** What every AlertStore does. */
export function alertStoreContract(name: string, open: () => Store, reopen?: (store: Store) => Store): void {
  describe(`alert store: ${name}`, () => {
    test('a new one knows no settings, alerts or deliveries', () => {
      const store = open();
      expect(store.alerts.loadSettings()).toEqual({ kind: 'empty' });
      expect(store.alerts.alerts({ state: 'firing', limit: 10 })).toEqual([]);
      expect(store.alerts.deliveries(10)).toEqual([]);
      store.close();
    });

    test('the settings saved last come back', () => {
      const store = open();
      store.alerts.saveSettings(settings);
      store.alerts.saveSettings({ ...settings, silences: [] });
      expect(store.alerts.loadSettings()).toEqual({ kind: 'found', settings: { ...settings, silences: [] } });
      store.close();
    });

    test('an alert is kept once, in its latest state, and those that ended come the newest first', () => {
      const store = open();
      store.alerts.saveAlert(someAlert('a'));
      store.alerts.saveAlert(someAlert('b'));
      store.alerts.saveAlert(resolved('a', 5_000));
      store.alerts.saveAlert(resolved('c', 9_000));
      expect(store.alerts.alerts({ state: 'firing', limit: 10 })).toEqual([someAlert('b')]);
      expect(store.alerts.alerts({ state: 'resolved', limit: 10 }).map(({ id }) => id)).toEqual(['c', 'a']);
      expect(store.alerts.alerts({ state: 'resolved', limit: 1 })).toHaveLength(1);
      store.close();
    });

    test('what waits comes the oldest first, however often it was tried; what was made, the newest first', () => {
      const store = open();
      for (const id of ['a', 'b', 'c']) store.alerts.saveDelivery(someDelivery(id));
      store.alerts.saveDelivery(someDelivery('a', { attempts: 1, outcome: 'status 503', nextAt: 3_000 }));
      store.alerts.saveDelivery(someDelivery('b', { state: 'delivered', attempts: 1, nextAt: null, endedAt: 4_000 }));
      expect(store.alerts.waitingDeliveries().map(({ id, attempts }) => [id, attempts])).toEqual([
        ['a', 1],
        ['c', 0],
      ]);
      expect(store.alerts.deliveries(2).map(({ id }) => id)).toEqual(['c', 'b']);
      store.close();
    });

    test('what is over is bounded, what is not stays', () => {
      const store = open();
      store.alerts.saveAlert(someAlert('fires', { startsAt: 0 }));
      store.alerts.saveDelivery(someDelivery('waits'));
      for (let n = 0; n < ALERT_RETENTION + 400; n++) store.alerts.saveAlert(resolved(`a${n}`, n));
      for (let n = 0; n < DELIVERY_RETENTION + 400; n++) {
        store.alerts.saveDelivery(someDelivery(`d${n}`, { state: 'failed', nextAt: null, endedAt: n }));
      }
      const kept = store.alerts.alerts({ state: 'resolved', limit: 10_000 }).length;
      expect(kept).toBeGreaterThanOrEqual(ALERT_RETENTION - 1);
      expect(kept).toBeLessThan(ALERT_RETENTION + 201);
      expect(store.alerts.alerts({ state: 'firing', limit: 10 })).toHaveLength(1);
      expect(store.alerts.deliveries(10_000).length).toBeLessThan(DELIVERY_RETENTION + 202);
      expect(store.alerts.waitingDeliveries()).toHaveLength(1);
      store.close();
    });

    if (reopen === undefined) return;
    test('everything outlives a restart', () => {
      const store = open();
      store.alerts.saveSettings(settings);
      store.alerts.saveAlert(someAlert('a'));
      store.alerts.saveDelivery(someDelivery('d', { attempts: 3 }));
      const next = reopen(store);
      expect(next.alerts.loadSettings()).toEqual({ kind: 'found', settings });
      expect(next.alerts.alerts({ state: 'firing', limit: 10 })).toEqual([someAlert('a')]);
      expect(next.alerts.waitingDeliveries()).toEqual([someDelivery('d', { attempts: 3 })]);
      next.close();
    });
  });
}
