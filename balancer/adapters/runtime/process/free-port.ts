import { createServer } from 'node:net';
import { RuntimeError } from '../../../core/runtime-error.ts';

/**
 * Below the range systems take outgoing ports from (Linux: 32768 and up): otherwise one of the balancer's own
 * connections could sit on a port between our look and the replica's `listen`.
 */
const FIRST = 20_000;
const COUNT = 10_000;
const TRIES = 200;

/**
 * A loopback port nobody listens on and that is not in `taken`; put into `reserved` before anybody else can look.
 * Rejects with `start-failed` when 200 tries found none.
 */
export async function findFreePort(taken: ReadonlySet<number>, reserved: Set<number>): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (taken.has(port) || reserved.has(port)) continue;
    reserved.add(port);
    if (await isFree(port)) return port;
    reserved.delete(port);
  }
  throw new RuntimeError('start-failed', `No free loopback port was found from ${FIRST} to ${FIRST + COUNT - 1}`);
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
