import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { ControlPlane } from '../core/control-plane.ts';
import type { Laboratory } from '../core/lab.ts';
import type { Log } from '../core/log.ts';
import type { Clock } from '../core/ports.ts';
import { createApp } from './app.ts';
import { EventStream } from './event-stream.ts';
import { writeFailure } from './failure.ts';
import { type AccessPolicy, type CallFacts, refuseCall } from './guard.ts';

export interface AdminOptions {
  readonly control: ControlPlane;
  readonly laboratory?: Laboratory;
  readonly policy: AccessPolicy;
  /** Path of the Unix socket, or name of the pipe, that the traffic workers relay to. */
  readonly socketPath: string;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
}

export interface AdminServer {
  /** Ends the event streams, and refuses new ones. */
  endStreams(): void;
  /** Resolves when what was asked for is answered. */
  close(): Promise<void>;
}

/** Takes the same time however much of the secret is right: both are hashed first, so their lengths agree too. */
function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}

function factsOf({ method, headers }: IncomingMessage, path: string): CallFacts {
  return {
    method: method ?? 'GET',
    path,
    host: headers.host,
    origin: single(headers.origin),
    fetchSite: single(headers['sec-fetch-site']),
    authorization: headers.authorization,
  };
}

function listen(server: Server, socketPath: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(socketPath, resolve);
  return promise;
}

/** Serves the contract and the admin API on a private socket. */
export async function startAdminServer(options: AdminOptions): Promise<AdminServer> {
  const { control, policy } = options;
  const ending = new AbortController();
  const app = createApp({ ...options, ending: ending.signal });
  const stream = new EventStream(control, options.clock);
  const respond = getRequestListener(app.fetch);
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    const refusal = refuseCall(factsOf(request, path), policy, sameSecret);
    if (refusal !== null) return writeFailure(response, refusal, path);
    if (path === '/_ring/v1/events' && (request.method === 'GET' || request.method === 'HEAD')) {
      return stream.serve(request, response);
    }
    void respond(request, response);
  });
  // The workers keep connections to it open for as long as they like: closing one first would cost a call.
  server.keepAliveTimeout = 0;
  await listen(server, options.socketPath);
  return {
    endStreams: () => {
      stream.close();
      ending.abort(new Error('the balancer is stopping'));
    },
    close: async () => {
      stream.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await closed;
    },
  };
}
