import type { Client } from '../../../lib/client/client.ts';
import type { LoadSpec, LoadSummary } from '../../../lib/lab/load.ts';
import type { RunResult, Stopwatch } from '../../../lib/lab/run.ts';
import type { Placement } from '../../../lib/ring/types.ts';
import type { LoadHooks } from '../load/load-process.ts';

/** A balancer that is measured. */
export interface Subject {
  /** `http://127.0.0.1:5000`: where load goes, and nowhere else. */
  readonly origin: string;
  readonly client: Client;
  /** What a changing call has to carry. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface OwnBalancer extends Subject {
  stop(): Promise<void>;
}

/** What an experiment works with. */
export interface Context {
  readonly subject: Subject;
  readonly signal: AbortSignal;
  /** Tells what is done, in words, and how far it is (0 to 1). */
  step(words: string, ratio: number): void;
  /** Shows the result so far. */
  found(result: RunResult): void;
  /** Shows how a fault goes. */
  watch(stopwatch: Stopwatch): void;
  /** Runs a load against the subject, telling how it goes. */
  load(origin: string, spec: LoadSpec, signal?: AbortSignal, hooks?: LoadHooks): Promise<LoadSummary>;
  /** Starts another balancer with local replicas, for placements that the subject does not run. */
  startBalancer(placement: Placement, replicas: number): Promise<OwnBalancer>;
  sleep(ms: number): Promise<void>;
}
