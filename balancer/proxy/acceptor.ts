import { createServer, type Server, type Socket } from 'node:net';
import { ClientConnection } from './client-connection.ts';
import type { ConnectionHost, OpenConnection } from './connection-host.ts';
import { errorText } from './errors.ts';
import { plainAddress } from './forwarded.ts';
import { createGeneralLane } from './general-lane.ts';
import { Http2Connection, type Http2Host } from './http2/http2-connection.ts';
import type { ServeExchange } from './serve-exchange.ts';
import { TlsGate } from './tls/tls-gate.ts';
import { type Accepted, READ_BUFFER_BYTES } from './wire.ts';
import type { WorkerContext } from './worker-context.ts';
import type { WorkerTls } from './worker-protocol.ts';

const BACKLOG = 4096;
/**
 * Listeners a port, where it can be shared. Each time round its loop libuv (1.52) takes one connection from a listener:
 * with a single one, a thousand clients that come at once wait for seconds behind the requests of those already in.
 */
const LISTENERS = 32;
/** While draining: how long connections are still accepted, so that none waits in the kernel when we stop listening. */
const DRAIN_ACCEPT_MS = 20;

interface Port {
  readonly number: number;
  open(): Server;
}

/** Accepts a worker's connections and knows which are open. */
export class Acceptor {
  readonly #context: WorkerContext;
  readonly #host: ConnectionHost;
  readonly #http2Host: Http2Host;
  readonly #ports: readonly Port[];
  readonly #servers: Server[] = [];
  readonly #gate: TlsGate | null;
  readonly #connections = new Set<OpenConnection>();
  /** Open connections of each client; kept only where they are limited. */
  readonly #byClient = new Map<string, number>();
  // Owners of wires copy what they keep, so all clients can share one.
  readonly #buffer = Buffer.allocUnsafeSlow(READ_BUFFER_BYTES);
  #onEmpty: (() => void) | null = null;

  constructor(context: WorkerContext, serve: ServeExchange, port: number, tls: WorkerTls | null) {
    this.#context = context;
    const onClosed = (connection: OpenConnection) => this.#closed(connection);
    this.#http2Host = { serve, onClosed };
    this.#host = {
      openGeneral: createGeneralLane(context, serve),
      onHttp2: (client) => this.#serveHttp2(client),
      onClosed,
    };
    this.#gate = tls === null ? null : this.#openGate(tls);
    const plain = { number: port, open: () => this.#openPlain() };
    this.#ports = tls === null ? [plain] : [plain, { number: tls.port, open: () => this.#openSecure() }];
  }

  #openPlain(): Server {
    return createServer({ noDelay: true, allowHalfOpen: true, pauseOnConnect: true }, (socket) => this.#accept(socket));
  }

  #openSecure(): Server {
    return createServer({ noDelay: true }, (socket) => this.#acceptSecure(socket));
  }

  #openGate(tls: WorkerTls): TlsGate {
    const { headerTimeoutMs, http2 = true } = this.#context.options;
    return new TlsGate(
      { ...tls, http2, handshakeTimeoutMs: headerTimeoutMs },
      {
        onSecure: (client, isHttp2, handshake) => {
          if (isHttp2) this.#serveHttp2(client);
          else this.#serve(client);
          this.#closed(handshake);
        },
        onFailed: (handshake) => this.#closed(handshake),
      },
    );
  }

  setCertificates(certificates: WorkerTls['certificates']): void {
    this.#gate?.setCertificates(certificates);
  }

  #isOneTooMany(socket: Socket): boolean {
    const { maxConnections, maxConnectionsPerClient } = this.#context.limits;
    const ofClient = this.#byClient.get(plainAddress(socket.remoteAddress)) ?? 0;
    return ofClient >= maxConnectionsPerClient || this.#connections.size >= maxConnections;
  }

  #accept(socket: Socket): void {
    if (this.#isOneTooMany(socket)) {
      socket.on('error', () => undefined);
      socket.end(errorText('too-many-connections', false), 'latin1', () => socket.destroy());
    } else this.#serve({ socket, carrier: socket });
  }

  /** Where only TLS is understood, and a handshake costs more than it is worth, the refusal is without words. */
  #acceptSecure(socket: Socket): void {
    if (this.#gate === null || this.#isOneTooMany(socket)) socket.destroy();
    else this.#opened(this.#gate.admit(socket));
  }

  #serve(client: Accepted): void {
    const connection = new ClientConnection(client, this.#buffer, this.#context, this.#host);
    this.#opened(connection);
    if (this.#context.stopping) connection.drain();
  }

  #serveHttp2(client: Accepted): void {
    if (client.socket.destroyed) return;
    const connection = new Http2Connection(client, this.#context, this.#http2Host);
    this.#opened(connection);
    if (this.#context.stopping) connection.drain();
  }

  #opened(connection: OpenConnection): void {
    this.#connections.add(connection);
    this.#count(connection.address, 1);
  }

  #count(client: string, change: number): void {
    if (this.#context.limits.maxConnectionsPerClient === Number.POSITIVE_INFINITY) return;
    const count = (this.#byClient.get(client) ?? 0) + change;
    if (count === 0) this.#byClient.delete(client);
    else this.#byClient.set(client, count);
  }

  #closed(connection: OpenConnection): void {
    this.#connections.delete(connection);
    this.#count(connection.address, -1);
    if (this.#connections.size === 0) this.#onEmpty?.();
  }

  /** `reusePort`: the ports are shared with other workers. Rejects with the system's error where one cannot be had. */
  async listen(reusePort: boolean): Promise<void> {
    const listeners = Array.from({ length: reusePort ? LISTENERS : 1 }, () => this.#ports).flat();
    await Promise.all(listeners.map((port) => this.#listen(port, reusePort)));
  }

  #listen(port: Port, reusePort: boolean): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const server = port.open();
    this.#servers.push(server);
    server.once('error', reject);
    server.listen({ host: this.#context.options.host, port: port.number, reusePort, backlog: BACKLOG }, resolve);
    return promise;
  }

  /** Resolves when the last connection has ended. */
  async drain(): Promise<void> {
    this.#context.stopping = true;
    await new Promise((resolve) => setTimeout(resolve, DRAIN_ACCEPT_MS));
    for (const server of this.#servers) server.close();
    if (this.#connections.size === 0) return;
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    for (const connection of this.#connections) connection.drain();
    await empty;
  }
}
