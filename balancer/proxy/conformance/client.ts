import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { play, type Step } from './steps.ts';

/** What a client has seen so far. */
export interface Sighting {
  readonly bytes: string;
  /** The other side ended or reset the connection. */
  readonly closed: boolean;
}

export interface RawClient {
  sighting(): Sighting;
  /** All steps are played, as far as the other side let them. */
  readonly played: Promise<void>;
  /** Resolves at the next byte or the end, or after `timeoutMs`. */
  change(timeoutMs: number): Promise<void>;
  destroy(): void;
}

/** Connects and plays the steps; whatever comes back is kept as it is. */
export async function startClient(port: number, steps: readonly Step[]): Promise<RawClient> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  const seen = { chunks: [] as string[], closed: false };
  let wake = Promise.withResolvers<void>();
  const changed = () => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  const ended = () => {
    seen.closed = true;
    changed();
  };
  socket.on('data', (chunk) => {
    seen.chunks.push(chunk.toString('latin1'));
    changed();
  });
  socket.on('end', ended).on('close', ended).on('error', ended);
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => undefined);
  return {
    sighting: () => ({ bytes: seen.chunks.join(''), closed: seen.closed }),
    played: play(socket, steps),
    change: (timeoutMs) => within(wake.promise, timeoutMs),
    destroy: () => leave(socket),
  };
}

const LOOK_EVERY_MS = 50;
/** What comes within this time of the rest belongs to it. */
export const SETTLE_MS = 1;

/** Waits until `isOver` holds and goes on holding, or until a moment of `performance.now()`. */
export async function lookUntil(client: RawClient, isOver: () => boolean, until: number): Promise<void> {
  do {
    while (!isOver() && performance.now() < until) await client.change(LOOK_EVERY_MS);
    await client.change(SETTLE_MS);
  } while (!isOver() && performance.now() < until);
}

function leave(socket: Socket): void {
  socket.removeAllListeners('data');
  socket.destroy();
}

/** Resolves with the promise or after `timeoutMs`, whichever is first, and leaves no timer behind. */
export async function within(promise: Promise<void>, timeoutMs: number): Promise<void> {
  const timeout = Promise.withResolvers<void>();
  const timer = setTimeout(timeout.resolve, timeoutMs);
  await Promise.race([promise, timeout.promise]);
  clearTimeout(timer);
}
