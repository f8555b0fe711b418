import { createServer, type Server } from 'node:net';
import { ClientConnection, type ConnectionHost } from './client-connection.ts';
import { READ_BUFFER_BYTES } from './wire.ts';
import type { WorkerContext } from './worker-context.ts';

const BACKLOG = 4096;
/** While draining: how long connections are still accepted, so that none waits in the kernel when we stop listening. */
const DRAIN_ACCEPT_MS = 20;

/** Accepts a worker's connections and knows which are open. */
export class Acceptor {
  readonly #context: WorkerContext;
  readonly #server: Server;
  readonly #connections = new Set<ClientConnection>();
  #onEmpty: (() => void) | null = null;

  constructor(context: WorkerContext, openGeneral: ConnectionHost['openGeneral']) {
    this.#context = context;
    // Owners of wires copy what they keep, so all clients can share one.
    const buffer = Buffer.allocUnsafeSlow(READ_BUFFER_BYTES);
    const host: ConnectionHost = { openGeneral, onClosed: (connection) => this.#closed(connection) };
    this.#server = createServer({ noDelay: true, pauseOnConnect: true, allowHalfOpen: true }, (socket) => {
      this.#connections.add(new ClientConnection(socket, buffer, context, host));
    });
  }

  #closed(connection: ClientConnection): void {
    this.#connections.delete(connection);
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
