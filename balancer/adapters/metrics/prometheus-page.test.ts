import { expect, test } from 'vitest';
import { bucketOf, HISTOGRAM_BUCKETS } from '../../core/histogram.ts';
import type { FleetMetrics } from '../../core/metrics-page.ts';
import { prometheusPage } from './prometheus-page.ts';

function metrics(latency: Float64Array): FleetMetrics {
  const traffic = { requestsPerSecond: 0, inFlight: 2, p50Ms: null, p99Ms: null, requests: 3, errors: 1, retries: 4 };
  const seat = { seat: 1, requests: 3, failed: 5, retries: 4, inFlight: 2, bytesIn: 10, bytesOut: 20 };
  return {
    replicas: [
      {
        view: {
          name: 'S1',
          seat: 1,
          status: 'serving',
          reason: null,
          since: 0,
          available: true,
          slots: 512,
          standby: 'ready',
          restarts: 6,
          instance: null,
          traffic,
          resources: null,
        },
        totals: { ...seat, byClass: [0, 2, 0, 0, 1] },
        latency,
      },
    ],
    totals: {
      seats: [],
      slots: new Float64Array(512),
      requests: 9,
      retried: 4,
      lost: 1,
      spilled: 8,
      clientConnections: 7,
    },
    desired: 1,
    serving: 1,
    ringEpoch: 3,
    runtimeReachable: false,
    streamClients: 2,
    version: '1.2.3',
    recoveriesMs: [420],
    alerts: [],
    webhookDeliveriesWaiting: 3,
  };
}

test('counters, gauges and histograms are rendered with their labels', async () => {
  const latency = new Float64Array(HISTOGRAM_BUCKETS);
  latency[bucketOf(400)] = 2;
  latency[bucketOf(30_000)] = 1;
  const text = await prometheusPage.render(metrics(latency));
  for (const line of [
    'ringmaster_requests_total{replica="S1",code="2xx"} 2',
    'ringmaster_requests_total{replica="S1",code="5xx"} 1',
    'ringmaster_attempts_failed_total{replica="S1"} 5',
    'ringmaster_retries_total{replica="S1"} 4',
    'ringmaster_in_flight{replica="S1"} 2',
    'ringmaster_replica_standby_ready{replica="S1"} 1',
    'ringmaster_replica_restarts_total{replica="S1"} 6',
    'ringmaster_client_lost_total 1',
    'ringmaster_client_spilled_total 8',
    'ringmaster_runtime_reachable 0',
    'ringmaster_info{version="1.2.3"} 1',
    'ringmaster_request_duration_seconds_bucket{replica="S1",le="0.0005"} 2',
    'ringmaster_request_duration_seconds_bucket{replica="S1",le="0.05"} 3',
    'ringmaster_request_duration_seconds_bucket{replica="S1",le="+Inf"} 3',
    'ringmaster_request_duration_seconds_count{replica="S1"} 3',
    'ringmaster_recovery_duration_seconds_bucket{le="0.5"} 1',
    'ringmaster_alerts_firing 0',
    'ringmaster_webhook_deliveries_waiting 3',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
});

test('the sum of durations is right to 4 %', async () => {
  const latency = new Float64Array(HISTOGRAM_BUCKETS);
  latency[bucketOf(10_000)] = 100;
  const text = await prometheusPage.render(metrics(latency));
  const sum = Number(/ringmaster_request_duration_seconds_sum\{replica="S1"\} (\S+)/.exec(text)?.[1]);
  expect(sum).toBeGreaterThan(0.96);
  expect(sum).toBeLessThan(1.04);
});

test('each alert is a series of its own, and without any there is none', async () => {
  const none = await prometheusPage.render(metrics(new Float64Array(HISTOGRAM_BUCKETS)));
  expect(none).not.toContain('ringmaster_alerts{');
  const alert: FleetMetrics['alerts'][number] = {
    id: 'a',
    rule: { id: 'down', name: 'Replica down', severity: 'critical', condition: { kind: 'replica-down' } },
    replica: 'S1',
    state: 'firing',
    value: 1,
    threshold: 1,
    summary: 'does not serve',
    startsAt: 0,
    firedAt: 1,
    endedAt: null,
    ending: null,
    acknowledged: null,
    silencedUntil: null,
    isTold: true,
  };
  const text = await prometheusPage.render({ ...metrics(new Float64Array(HISTOGRAM_BUCKETS)), alerts: [alert] });
  expect(text).toContain('ringmaster_alerts{rule="Replica down",severity="critical",replica="S1",state="firing"} 1');
  expect(text).toContain('ringmaster_alerts_firing 1');
});
