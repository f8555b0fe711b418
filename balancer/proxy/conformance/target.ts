import type { RecordingReplica } from './recording-replica.ts';

/** A proxy under test, in front of a recording replica. */
export interface Target {
  readonly name: string;
  readonly port: number;
  readonly replica: RecordingReplica;
  stop(): Promise<void>;
}

/** A client that does not finish its header section is cut off after this; short, for the tests' sake. */
export const HEADER_TIMEOUT_MS = 1_500;
/** The same for a body that does not go on, and for a connection that was never used. */
export const IDLE_TIMEOUT_MS = 2_000;
