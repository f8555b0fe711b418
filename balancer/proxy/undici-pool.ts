import { createRequire } from 'node:module';
import type { Pool, buildConnector as UndiciBuildConnector } from 'undici';
import { WaitingLine } from './waiting-line.ts';

/**
 * undici's pool alone, loaded when the first one is made: its index brings fetch, caches and cookies along. A worker
 * whose requests all take the fast lane does without any of it.
 */
const load = createRequire(import.meta.url);

export function createPool(origin: string, options: Pool.Options): Pool {
  const UndiciPool = load('undici/lib/dispatcher/pool.js') as typeof Pool;
  return new UndiciPool(origin, options);
}

/**
 * Connects as undici does, at most `maxOpening` at once. undici takes a reset for the end of a body that is delimited by
 * the end of its connection (lib/dispatcher/client-h1.js, for the sake of macOS): it must not know that it was one, or a
 * torn answer passes for whole.
 */
export function connectorFor(timeoutMs: number, maxOpening: number): UndiciBuildConnector.connector {
  const buildConnector = load('undici/lib/core/connect.js') as typeof UndiciBuildConnector;
  const connect = buildConnector({ timeout: timeoutMs, noDelay: true });
  const line = new WaitingLine<() => void>();
  let opening = 0;
  const open = (...[options, callback]: Parameters<UndiciBuildConnector.connector>) => {
    opening++;
    connect(options, (...result) => {
      opening--;
      line.next()?.();
      const [, socket] = result;
      socket?.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNRESET') error.code = 'UPSTREAM_RESET';
      });
      callback(...result);
    });
  };
  return (options, callback) => {
    if (opening < maxOpening) open(options, callback);
    else line.join(() => open(options, callback));
  };
}
