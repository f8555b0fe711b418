import type { SeatParts } from './seat-parts.ts';

const LOOK_MS = 25;

/** Resolves when a seat that gets no new requests has answered those it has, at the latest after the drain timeout. */
export async function drainSeat({ clock, host, policy }: SeatParts, seat: number): Promise<void> {
  const never = new AbortController().signal;
  const deadline = clock.now() + policy.drainTimeoutMs;
  let quiet = 0;
  // A request that was picked just before the routes changed shows up a moment later: look twice.
  while (quiet < 2 && clock.now() < deadline) {
    await clock.sleep(LOOK_MS, never);
    quiet = host.inFlight(seat) === 0 ? quiet + 1 : 0;
  }
}
