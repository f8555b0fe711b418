import type { KillRound } from '#lib/lab/run.ts';

/** What had happened by a moment of a fault, and what the traffic did just then. */
export interface Moment {
  /** ms after the fault; negative before it. */
  readonly afterMs: number;
  /** The latest step that had been taken. */
  readonly step: string;
  /** Answers by replica, by name. */
  readonly replicas: readonly (readonly [string, number])[];
  readonly failed: number;
  readonly p99Ms: number | null;
}

const STEPS = [
  ['the first request was served', 'firstRequestMs'],
  ['it serves again', 'servingMs'],
  ['a new instance was started', 'newInstanceMs'],
  ['it is out of rotation', 'outOfRotationMs'],
  ['it was noticed', 'noticedMs'],
] as const;

/** The moment of a frame, by its place in the round; the last one beyond its end. */
export function momentOf(round: KillRound, at: number): Moment | null {
  const frame = round.frames[Math.min(at, round.frames.length - 1)];
  if (!frame) return null;
  const afterMs = frame.atMs - round.faultAtMs;
  const replicas = frame.replicas.toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  return { afterMs, step: stepAt(round, afterMs), replicas, failed: frame.failed, p99Ms: frame.p99Ms };
}

function stepAt(round: KillRound, afterMs: number): string {
  if (afterMs < 0) return 'all is well';
  const taken = STEPS.flatMap(([words, key]) => {
    const ms = round[key];
    return ms !== null && ms <= afterMs ? [{ words, ms }] : [];
  });
  // The latest; where two came together, the one that is further on.
  const [latest] = taken.toSorted((a, b) => b.ms - a.ms);
  return latest?.words ?? 'nobody has noticed yet';
}
