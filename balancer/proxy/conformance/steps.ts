import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What one side does on a connection: writes these bytes (one char a byte), waits, ends its half, or resets. */
export type Step = string | { readonly pauseMs: number } | { readonly end: true } | { readonly reset: true };

export const END: Step = { end: true };
export const RESET: Step = { reset: true };

export function wait(pauseMs: number): Step {
  return { pauseMs };
}

/** Plays the steps in order; stops without an error where the other side is gone. */
export async function play(socket: Socket, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (socket.destroyed) return;
    if (typeof step === 'string') await write(socket, step);
    else if ('pauseMs' in step) await pause(step.pauseMs);
    else if ('end' in step) socket.end();
    else socket.resetAndDestroy();
  }
}

function write(socket: Socket, bytes: string): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('close', done);
      resolve();
    };
    socket.once('close', done);
    socket.write(Buffer.from(bytes, 'latin1'), done);
  });
}

/** The bytes that the steps write, in all. */
export function bytesOf(steps: readonly Step[]): string {
  return steps.filter((step) => typeof step === 'string').join('');
}

/** The same bytes in pieces of `size`, with `pauseMs` between them. */
export function inPieces(bytes: string, size: number, pauseMs: number): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    if (at > 0) steps.push(wait(pauseMs));
    steps.push(bytes.slice(at, at + size));
  }
  return steps;
}
