import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { bucketUpperUs } from '../../core/histogram.ts';
import type { FleetMetrics, MetricsPage } from '../../core/metrics-page.ts';

/** Upper bounds in seconds, coarser than ours by far: a scraper pays for each series. */
const LATENCY_BOUNDS_S = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const RECOVERY_BOUNDS_S = [0.05, 0.1, 0.25, 0.5, 0.75, 1, 2, 3, 5, 10, 30];
const CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx'] as const;

type Value = { readonly labels?: Record<string, string>; readonly value: number };

function gauge(registry: Registry, name: string, help: string, values: readonly Value[]): void {
  const metric = new Gauge({ name, help, labelNames: Object.keys(values[0]?.labels ?? {}), registers: [registry] });
  for (const { labels = {}, value } of values) metric.set(labels, value);
}

function counter(registry: Registry, name: string, help: string, values: readonly Value[]): void {
  const metric = new Counter({ name, help, labelNames: Object.keys(values[0]?.labels ?? {}), registers: [registry] });
  for (const { labels = {}, value } of values) metric.inc(labels, Math.max(0, value));
}

type Replica = FleetMetrics['replicas'][number];

const REPLICA_COUNTERS: readonly {
  readonly name: string;
  readonly help: string;
  readonly of: (r: Replica) => number;
}[] = [
  { name: 'attempts_failed_total', help: 'Attempts that ended without an answer.', of: (r) => r.totals?.failed ?? 0 },
  { name: 'retries_total', help: 'Attempts made because another replica failed.', of: (r) => r.totals?.retries ?? 0 },
  { name: 'received_bytes_total', help: 'Request bodies.', of: (r) => r.totals?.bytesIn ?? 0 },
  { name: 'sent_bytes_total', help: 'Answer bodies.', of: (r) => r.totals?.bytesOut ?? 0 },
  { name: 'replica_restarts_total', help: 'Instances started after the first.', of: (r) => r.view.restarts },
];

const REPLICA_GAUGES: typeof REPLICA_COUNTERS = [
  { name: 'in_flight', help: 'Requests under way.', of: (r) => r.totals?.inFlight ?? 0 },
  { name: 'replica_up', help: '1 when it may be chosen.', of: (r) => (r.view.available ? 1 : 0) },
  { name: 'replica_standby_ready', help: '1 when a spare waits.', of: (r) => (r.view.standby === 'ready' ? 1 : 0) },
  { name: 'replica_slots', help: 'Home slots on the ring.', of: (r) => r.view.slots },
];

function addReplicas(registry: Registry, { replicas }: FleetMetrics): void {
  const answered = replicas.flatMap(({ view, totals }) =>
    CLASSES.map((code, i) => ({ labels: { replica: view.name, code }, value: totals?.byClass[i] ?? 0 })),
  );
  counter(registry, 'ringmaster_requests_total', 'Requests answered, by replica and class of status.', answered);
  const values = (of: (r: Replica) => number): Value[] =>
    replicas.map((replica) => ({ labels: { replica: replica.view.name }, value: of(replica) }));
  for (const { name, help, of } of REPLICA_COUNTERS) counter(registry, `ringmaster_${name}`, help, values(of));
  for (const { name, help, of } of REPLICA_GAUGES) gauge(registry, `ringmaster_${name}`, help, values(of));
}

interface Counted {
  readonly labels: Record<string, string>;
  /** How many were at most each bound. */
  readonly cumulative: readonly number[];
  readonly total: number;
  readonly sumS: number;
}

/** Our buckets are finer than the bounds by far, so only the sum is an estimate: of 3 % at worst. */
function countUp(replica: string, latency: Float64Array): Counted {
  const cumulative = LATENCY_BOUNDS_S.map(() => 0);
  let total = 0;
  let sumS = 0;
  for (const [bucket, count] of latency.entries()) {
    if (count === 0) continue;
    const seconds = bucketUpperUs(bucket) / 1e6;
    total += count;
    sumS += count * seconds;
    for (const [i, bound] of LATENCY_BOUNDS_S.entries())
      if (seconds <= bound) cumulative[i] = (cumulative[i] ?? 0) + count;
  }
  return { labels: { replica }, cumulative, total, sumS };
}

function addLatency(registry: Registry, { replicas }: FleetMetrics): void {
  const name = 'ringmaster_request_duration_seconds';
  const help = 'From the request to the last byte of the answer, by replica.';
  const histogram = new Histogram<string>({
    name,
    help,
    labelNames: ['replica'],
    buckets: LATENCY_BOUNDS_S,
    registers: [],
  });
  const described = replicas.map(({ view, latency }) => countUp(view.name, latency));
  const get = async (): Promise<object> => {
    const values = described.flatMap(({ labels, cumulative, total, sumS }) => [
      ...cumulative.map((value, i) => ({
        metricName: `${name}_bucket`,
        labels: { ...labels, le: LATENCY_BOUNDS_S[i] ?? 0 },
        value,
      })),
      { metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: total },
      { metricName: `${name}_sum`, labels, value: sumS },
      { metricName: `${name}_count`, labels, value: total },
    ]);
    return { name, help, type: 'histogram', values, aggregator: 'sum' };
  };
  // The workers have counted already, and prom-client's own histogram can only be told one value at a time. Its text
  // is made from getForPromString, its JSON from get.
  Object.assign(histogram, { get, getForPromString: get });
  registry.registerMetric(histogram);
}

function addFleet(registry: Registry, metrics: FleetMetrics): void {
  const one = (value: number): Value[] => [{ value }];
  const { totals } = metrics;
  counter(registry, 'ringmaster_client_requests_total', 'Requests in all, answered or not.', one(totals.requests));
  counter(registry, 'ringmaster_client_retried_total', 'Requests that needed another replica.', one(totals.retried));
  const lost = 'Requests that a failure let end in an error or a cut answer.';
  counter(registry, 'ringmaster_client_lost_total', lost, one(totals.lost));
  const spilled = 'Requests that went to the least loaded replica: theirs had more than --hash-balance-factor allows.';
  counter(registry, 'ringmaster_client_spilled_total', spilled, one(totals.spilled));
  gauge(registry, 'ringmaster_client_connections', 'Open client connections.', one(totals.clientConnections));
  gauge(registry, 'ringmaster_replicas_desired', 'Replicas that there should be.', one(metrics.desired));
  gauge(registry, 'ringmaster_replicas_serving', 'Replicas that serve.', one(metrics.serving));
  gauge(registry, 'ringmaster_ring_epoch', 'Changes of membership.', one(metrics.ringEpoch));
  const reachable = '1 while the runtime (Docker) answers.';
  gauge(registry, 'ringmaster_runtime_reachable', reachable, one(metrics.runtimeReachable ? 1 : 0));
  gauge(registry, 'ringmaster_event_stream_clients', 'Readers of the event stream.', one(metrics.streamClients));
  gauge(registry, 'ringmaster_info', 'Version.', [{ labels: { version: metrics.version }, value: 1 }]);
}

/** By rule and replica, as Prometheus shows its own alerts; a series is gone when the alert is. */
function addAlerts(registry: Registry, { alerts, webhookDeliveriesWaiting }: FleetMetrics): void {
  const values = alerts.map(({ rule, replica, state }) => ({
    labels: { rule: rule.name, severity: rule.severity, replica: replica ?? '', state },
    value: 1,
  }));
  // Without labels it would be a series of its own.
  if (values.length > 0) gauge(registry, 'ringmaster_alerts', '1 for each alert that fires or is about to.', values);
  const firing = alerts.filter(({ state }) => state === 'firing').length;
  gauge(registry, 'ringmaster_alerts_firing', 'Alerts that fire.', [{ value: firing }]);
  const waiting = 'Messages to webhooks that are not yet delivered.';
  gauge(registry, 'ringmaster_webhook_deliveries_waiting', waiting, [{ value: webhookDeliveriesWaiting }]);
}

function addRecoveries(registry: Registry, { recoveriesMs }: FleetMetrics): void {
  const name = 'ringmaster_recovery_duration_seconds';
  const help = 'From a kill, or the first sign of trouble, to serving again.';
  const histogram = new Histogram({ name, help, buckets: RECOVERY_BOUNDS_S, registers: [registry] });
  for (const ms of recoveriesMs) histogram.observe(ms / 1000);
}

/** Prometheus text by prom-client. Built anew for each scrape: the figures live in the traffic plane and the fleet. */
export const prometheusPage: MetricsPage = {
  render: (metrics) => {
    const registry = new Registry();
    addFleet(registry, metrics);
    addReplicas(registry, metrics);
    addLatency(registry, metrics);
    addRecoveries(registry, metrics);
    addAlerts(registry, metrics);
    return registry.metrics();
  },
};
