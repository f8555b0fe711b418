import { createRequire } from 'node:module';
import type { buildConnector as UndiciBuildConnector, Pool as UndiciPool } from 'undici';
import { WaitingLine } from './waiting-line.ts';

const load = createRequire(import.meta.url);

/**
 * undici's pool alone. Its index brings fetch, caches and cookies along: 10 MB a worker that nothing here uses.
 */
export const Pool = load('undici/lib/dispatcher/pool.js') as typeof UndiciPool;
export type Pool = UndiciPool;

const buildConnector = load('undici/lib/core/connect.js') as typeof UndiciBuildConnector;

/**
 * Connects as undici does, at most `maxOpening` at once. undici takes a reset for the end of a body that is delimited by
 * the end of its connection (lib/dispatcher/client-h1.js, for the sake of macOS): it must not know that it was one, or a
 * torn answer passes for whole.
 */
export function connectorFor(timeoutMs: number, maxOpening: number): UndiciBuildConnector.connector {
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
