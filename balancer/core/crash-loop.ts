import type { Random } from './ports.ts';

/** The starts of one seat, as far as they matter for how soon the next may be. Times in ms. */
export interface StartHistory {
  /** Monotonic times of starts within the last minute. */
  readonly starts: readonly number[];
  /** Instances in a row that failed to start or ended soon after. */
  readonly crashes: number;
}

export const NO_STARTS: StartHistory = { starts: [], crashes: 0 };

/** An instance that served for this long was no crash: what ended it came from outside. */
export const STABLE_MS = 500;
/** From this many crashes in a row it is called a crash loop. */
export const LOOPING = 3;
const WINDOW_MS = 60_000;
const MAX_STARTS = 10;
const FREE_CRASHES = 2;
const BASE_MS = 500;
const MAX_MS = 30_000;

export function recordStart(history: StartHistory, now: number): StartHistory {
  return { ...history, starts: [...history.starts.filter((at) => now - at < WINDOW_MS), now] };
}

/** `servedMs`: how long it had been healthy; 0 when it never was. */
export function recordEnd(history: StartHistory, servedMs: number): StartHistory {
  return servedMs >= STABLE_MS ? { starts: [], crashes: 0 } : { ...history, crashes: history.crashes + 1 };
}

export function isLooping(history: StartHistory): boolean {
  return history.crashes >= LOOPING;
}

/** ms until the next start may be made: none after two crashes, then doubling, and at most 10 starts a minute. */
export function startDelayMs(history: StartHistory, now: number, random: Random): number {
  const beyond = history.crashes - FREE_CRASHES;
  const backoff = beyond <= 0 ? 0 : Math.min(MAX_MS, BASE_MS * 2 ** (beyond - 1)) * (0.8 + 0.4 * random());
  const recent = history.starts.filter((at) => now - at < WINDOW_MS);
  const oldest = recent.length >= MAX_STARTS ? (recent[recent.length - MAX_STARTS] ?? now) : null;
  return Math.max(backoff, oldest === null ? 0 : oldest + WINDOW_MS - now);
}
