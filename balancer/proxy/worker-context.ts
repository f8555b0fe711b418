import type { Availability, Counters } from '../core/board.ts';
import type { Picker } from '../core/pick.ts';
import type { RetryBudget } from '../core/retry.ts';
import type { UpstreamReport } from '../core/snapshot.ts';
import type { TrafficOptions } from '../core/traffic.ts';
import type { DeadlineWheel } from './deadlines.ts';
import type { TrustedProxies } from './forwarded.ts';
import type { Replicas } from './replicas.ts';
import type { SlotChooser } from './routing-key.ts';
import type { TrafficLimits } from './traffic-limits.ts';

/** What everything in one worker shares. Made once, in worker.ts. */
export interface WorkerContext {
  readonly options: TrafficOptions;
  readonly counters: Counters;
  readonly availability: Availability;
  readonly replicas: Replicas;
  readonly budget: RetryBudget;
  readonly deadlines: DeadlineWheel;
  readonly limits: TrafficLimits;
  readonly chooseSlot: SlotChooser;
  readonly pick: Picker;
  readonly trusted: TrustedProxies;
  /** Tells the main thread what an upstream connection did. */
  readonly report: (report: UpstreamReport) => void;
  /** Answers now end with their connection: the worker is going away. */
  stopping: boolean;
}
