import type { Clock } from '../core/ports.ts';
import type { Seat } from './seat.ts';

const LIMIT_MS = 5_000;

/** Whoever started us asks at once: when this resolves, each replica has served, or failed, or needs longer than that. */
export async function firstService(seats: readonly Seat[], clock: Clock, signal: AbortSignal): Promise<void> {
  const nap = new AbortController();
  const stop = (): void => nap.abort();
  signal.addEventListener('abort', stop, { once: true });
  const settled = Promise.allSettled(seats.map((seat) => seat.served));
  await Promise.race([settled, clock.sleep(LIMIT_MS, nap.signal).catch(() => undefined)]);
  nap.abort();
  signal.removeEventListener('abort', stop);
}
