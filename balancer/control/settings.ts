import type { Placement } from '../../lib/ring/types.ts';
import type { Log } from '../core/log.ts';
import type { MetricsPage } from '../core/metrics-page.ts';
import type { OutlierPolicy } from '../core/outlier.ts';
import type { Clock, HealthProbe, Random, Runtime } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import type { TrafficPlane } from '../core/traffic.ts';
import type { AlertingSettings } from './alerts/alerting.ts';
import type { SeatPolicy } from './seat-parts.ts';

/** Everything the control loops are given once. */
export interface FleetSettings {
  readonly version: string;
  /** Differs after each start. */
  readonly bootId: string;
  /** Wall time, ms. */
  readonly startedAt: number;
  readonly workers: number;
  /** The routing key, as the flag has it. */
  readonly key: string;
  readonly placement: Placement;
  readonly seed: number;
  /** Replicas to start when there are none to take up. */
  readonly replicas: number;
  readonly policy: SeatPolicy;
  readonly outlier: OutlierPolicy;
  readonly runtime: Runtime;
  readonly probe: HealthProbe;
  readonly plane: TrafficPlane;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metricsPage: MetricsPage;
  readonly alerting: AlertingSettings;
}
