import { createServer, type Server, type Socket } from 'node:net';
import { ClientConnection } from './client-connection.ts';
import type { ConnectionHost } from './connection-host.ts';
import { errorText } from './errors.ts';
import { plainAddress } from './forwarded.ts';
import { READ_BUFFER_BYTES } from './wire.ts';
import type { WorkerContext } from './worker-context.ts';

const BACKLOG = 4096;
/** While draining: how long connections are still accepted, so that none waits in the kernel when we stop listening. */
const DRAIN_ACCEPT_MS = 20;

/** Accepts a worker's connections and knows which are open. */
export class Acceptor {
  readonly #context: WorkerContext;
  readonly #host: ConnectionHost;
  readonly #server: Server;
  readonly #connections = new Set<ClientConnection>();
  /** Open connections of each client; kept only where they are limited. */
  readonly #byClient = new Map<string, number>();
  // Owners of wires copy what they keep, so all clients can share one.
  readonly #buffer = Buffer.allocUnsafeSlow(READ_BUFFER_BYTES);
  #onEmpty: (() => void) | null = null;

  constructor(context: WorkerContext, openGeneral: ConnectionHost['openGeneral']) {
    this.#context = context;
    this.#host = { openGeneral, onClosed: (connection) => this.#closed(connection) };
    const options = { noDelay: true, pauseOnConnect: true, allowHalfOpen: true };
    this.#server = createServer(options, (socket) => this.#accept(socket));
  }

  #accept(socket: Socket): void {
    const { maxConnections, maxConnectionsPerClient } = this.#context.limits;
    const client = plainAddress(socket.remoteAddress);
    const isOneTooMany = (this.#byClient.get(client) ?? 0) >= maxConnectionsPerClient;
    if (isOneTooMany || this.#connections.size >= maxConnections) {
      socket.on('error', () => undefined);
      socket.end(errorText('too-many-connections', false), 'latin1', () => socket.destroy());
      return;
    }
    const connection = new ClientConnection(socket, this.#buffer, this.#context, this.#host);
    this.#connections.add(connection);
    this.#count(connection.address, 1);
  }

  #count(client: string, change: number): void {
    if (this.#context.limits.maxConnectionsPerClient === Number.POSITIVE_INFINITY) return;
    const count = (this.#byClient.get(client) ?? 0) + change;
    if (count === 0) this.#byClient.delete(client);
    else this.#byClient.set(client, count);
  }

  #closed(connection: ClientConnection): void {
    this.#connections.delete(connection);
    this.#count(connection.address, -1);
    if (this.#connections.size === 0) this.#onEmpty?.();
  }

  listen(port: number, reusePort: boolean): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#server.once('error', reject);
    this.#server.listen({ host: this.#context.options.host, port, reusePort, backlog: BACKLOG }, resolve);
    return promise;
  }

  /** Resolves when the last connection has ended. */
  async drain(): Promise<void> {
    this.#context.stopping = true;
    await new Promise((resolve) => setTimeout(resolve, DRAIN_ACCEPT_MS));
    this.#server.close();
    if (this.#connections.size === 0) return;
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    for (const connection of this.#connections) connection.drain();
    await empty;
  }
}
