import { messageOf } from '../core/log.ts';
import type { Instance } from '../core/ports.ts';
import { withDeadline } from './deadline.ts';
import type { SeatParts } from './seat-parts.ts';

const LIMIT_MS = 20_000;

/** Stops an instance (SIGTERM and `graceMs`; 0 kills it) and removes it. Never rejects. */
export async function disposeOf(parts: SeatParts, instance: Instance, graceMs: number): Promise<void> {
  const { runtime, clock, log } = parts;
  const never = new AbortController().signal;
  try {
    await withDeadline(clock, { ms: graceMs + LIMIT_MS, what: 'stopping' }, never, async (signal) => {
      if (graceMs > 0) await runtime.stop(instance.id, graceMs, signal);
      await runtime.remove(instance.id, signal);
    });
  } catch (error) {
    log.warn({ replica: instance.name, id: instance.id, error: messageOf(error) }, 'could not be removed');
  }
}
