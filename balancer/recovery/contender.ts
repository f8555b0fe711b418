/** One who keeps replicas alive, and how it is hurt and watched. Times in ms since the kill was ordered. */
export interface Contender {
  readonly name: string;
  /** Where load goes while it is hurt, so that all have the same machine under them. */
  readonly origin: string;
  /** Kills the replica of this round and resolves when there are as many healthy ones as before. */
  round(number: number): Promise<Recovery>;
  stop(): Promise<void>;
}

export interface Recovery {
  /** null: it does not say. */
  readonly noticedMs: number | null;
  readonly outOfRotationMs: number | null;
  /** null: it did not come back in time. */
  readonly backMs: number | null;
  /** Answers that listed the dead one after it was noticed and before its successor served; null: nobody lists. */
  readonly lists: { readonly asked: number; readonly untrue: number } | null;
}

/** Asks until it is answered with something, or the time is over. */
export async function until<T>(ask: () => Promise<T | null>, limitMs: number, everyMs = 5): Promise<T | null> {
  const end = performance.now() + limitMs;
  while (performance.now() < end) {
    const answer = await ask();
    if (answer !== null) return answer;
    await sleep(everyMs);
  }
  return null;
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
