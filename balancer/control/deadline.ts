import type { Clock } from '../core/ports.ts';

/** Runs `task` with a signal that aborts with `signal`, or after `ms` with an Error that says what took too long. */
export async function withDeadline<T>(
  clock: Clock,
  limit: { readonly ms: number; readonly what: string },
  signal: AbortSignal,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const deadline = new AbortController();
  const done = new AbortController();
  const forward = (): void => deadline.abort(signal.reason);
  signal.addEventListener('abort', forward, { once: true });
  clock.sleep(limit.ms, done.signal).then(
    () => deadline.abort(new Error(`${limit.what} took longer than ${limit.ms} ms`)),
    () => undefined,
  );
  try {
    return await task(deadline.signal);
  } catch (error) {
    // What a cancelled call rejects with differs from one library to the next: the reason is what counts.
    throw deadline.signal.aborted ? deadline.signal.reason : error;
  } finally {
    done.abort();
    signal.removeEventListener('abort', forward);
  }
}
