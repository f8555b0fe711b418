import type { Result } from '../../lib/api/errors.ts';
import type { ExperimentRequest } from '../../lib/lab/experiment.ts';
import type { Run, RunHead, RunMessage } from '../../lib/lab/run.ts';
import type { Schedule, ScheduleRequest } from '../../lib/lab/schedule.ts';

/** What the REST API can ask of the laboratory: experiments and loads, one at a time, and the runs they leave. */
export interface Laboratory {
  readonly schedules: Schedules;
  /** Refused as `conflict` while another one runs. */
  start(request: ExperimentRequest): Result<RunHead>;
  /** Newest first; the one that runs is among them. */
  runs(): Promise<readonly RunHead[]>;
  /** Null when there is no such run. */
  run(id: string): Promise<Run | null>;
  /** Ends a run early; what it has found so far is kept where that says something. Cancelling what is over is fine. */
  cancel(id: string): Promise<Result<RunHead>>;
  /** Forgets a run that is over. */
  remove(id: string): Promise<Result<null>>;
  /**
   * Tells how a run goes: the latest at once, then everything new, `finished` last. Returns the end of telling, or
   * null when the run is over or unknown.
   */
  watch(id: string, listener: (message: RunMessage) => void): (() => void) | null;
  /** Cancels what runs and waits for its end. */
  close(): Promise<void>;
}

/** What is run every so often; kept over restarts. */
export interface Schedules {
  /** Oldest first. */
  list(): readonly Schedule[];
  add(request: ScheduleRequest): Promise<Result<Schedule>>;
  /** A run of it that goes on is not cancelled. */
  remove(id: string): Promise<Result<null>>;
}
