import type { AlertView } from '../../lib/api/alerts.ts';
import type { ReplicaView } from '../../lib/api/state.ts';
import type { SeatTotals, TrafficTotals } from './traffic.ts';

/** What a scrape is answered from. */
export interface FleetMetrics {
  readonly replicas: readonly {
    readonly view: ReplicaView;
    readonly totals: SeatTotals | null;
    /** Cumulative, buckets as in `histogram.ts`. */
    readonly latency: Float64Array;
  }[];
  readonly totals: TrafficTotals;
  readonly desired: number;
  readonly serving: number;
  readonly ringEpoch: number;
  readonly runtimeReachable: boolean;
  readonly streamClients: number;
  readonly version: string;
  /** Ended incidents' time from kill or first sign to serving again, ms, since the start. */
  readonly recoveriesMs: readonly number[];
  /** Firing and pending. */
  readonly alerts: readonly AlertView[];
  readonly webhookDeliveriesWaiting: number;
}

/** Renders the Prometheus text. */
export interface MetricsPage {
  render(metrics: FleetMetrics): Promise<string>;
}
