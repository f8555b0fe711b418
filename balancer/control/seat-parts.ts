import type { HealthPolicy } from '../core/health.ts';
import type { Log } from '../core/log.ts';
import type { Clock, HealthProbe, Random, Runtime } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import type { Journal } from './journal.ts';
import type { PauseWatch } from './pause-watch.ts';

/** What the loops are told once, at start. Times in ms. */
export interface SeatPolicy {
  readonly health: HealthPolicy;
  /** The runtime's start call, and after it the first good probe, may each take this long; default 30 000. */
  readonly startTimeoutMs: number;
  /** A replica that answers its probes, but wrongly, is replaced when it did so for this long; default 10 000. */
  readonly replaceAfterMs: number;
  /** From SIGTERM to SIGKILL; default 10 000. */
  readonly stopGraceMs: number;
  /** A leaving replica may finish its requests for this long; default 30 000. */
  readonly drainTimeoutMs: number;
  /** Keep a spare for each seat, where the runtime can. */
  readonly standby: boolean;
}

/** What a seat knows of the fleet it belongs to. */
export interface SeatHost {
  /** Out of rotation now, ahead of the next snapshot. */
  cut(seat: number): void;
  /** Its state changed: publish routes and views. */
  changed(seat: number): void;
  /** May this seat be taken out on suspicion? Never the last one that serves. */
  canSpare(seat: number): boolean;
  /** Requests on their way through this seat. */
  inFlight(seat: number): number;
  /** Why an instance ended, if the runtime has said so already; it may do so before its start is reported. */
  exitReason(id: string): string | null;
  /** Does the runtime answer, as far as known? */
  runtimeReachable(): boolean;
  /** Resolves when the runtime says that it is back, at the latest after `ms`. */
  runtimeBack(ms: number, signal: AbortSignal): Promise<void>;
}

export interface SeatParts {
  readonly runtime: Runtime;
  readonly probe: HealthProbe;
  readonly clock: Clock;
  readonly random: Random;
  readonly policy: SeatPolicy;
  readonly journal: Journal;
  readonly store: Pick<Store, 'savePreviousLog' | 'previousLog'>;
  readonly pauseWatch: PauseWatch;
  readonly host: SeatHost;
  readonly log: Log;
}
