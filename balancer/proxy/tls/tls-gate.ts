import { constants } from 'node:crypto';
import type { Socket } from 'node:net';
import {
  createSecureContext,
  createServer,
  type SecureContext,
  type SecureContextOptions,
  type TLSSocket,
} from 'node:tls';
import type { Certificate } from '../../core/traffic.ts';
import type { OpenConnection } from '../connection-host.ts';
import { plainAddress } from '../forwarded.ts';
import type { Accepted } from '../wire.ts';
import { certificateFor } from './server-names.ts';

/** Mozilla's "intermediate" list without the suites that need DH parameters; TLS 1.3 brings its own. */
const CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':');

export interface TlsGateOptions {
  readonly certificates: readonly Certificate[];
  readonly ticketKeys: Uint8Array;
  readonly http2: boolean;
  /** A handshake may take this long, ms. */
  readonly handshakeTimeoutMs: number;
}

export interface TlsGateHost {
  /** The handshake is over, and the client can be served. */
  onSecure(client: Accepted, isHttp2: boolean, handshake: OpenConnection): void;
  /** It failed, or the client gave up. */
  onFailed(handshake: OpenConnection): void;
}

function contextOptions({ chain, key }: Certificate, ticketKeys: Uint8Array): SecureContextOptions {
  return {
    cert: chain,
    key,
    ciphers: CIPHERS,
    minVersion: 'TLSv1.2',
    // RFC 9113, 9.2.1, and no work for a client to make us do.
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
    ticketKeys: Buffer.from(ticketKeys),
  };
}

/** A client in the middle of its handshake. It is left alone while draining: its time is short anyway. */
class Handshake implements OpenConnection {
  readonly carrier: Socket;
  readonly address: string;

  constructor(socket: Socket) {
    this.carrier = socket;
    this.address = plainAddress(socket.remoteAddress);
  }

  drain(): void {
    // Nothing was promised to it yet.
  }
}

function peerKey(socket: Socket): string {
  return `${socket.remoteAddress}|${socket.remotePort}`;
}

/** Takes connections through the TLS handshake, with the certificate for the name each asks for. */
export class TlsGate {
  readonly #options: TlsGateOptions;
  readonly #host: TlsGateHost;
  readonly #server: ReturnType<typeof createServer>;
  readonly #handshakes = new Map<string, Handshake>();
  #certificates: readonly Certificate[] = [];
  #contexts = new Map<Certificate, SecureContext>();

  constructor(options: TlsGateOptions, host: TlsGateHost) {
    this.#options = options;
    this.#host = host;
    this.#server = createServer({
      ALPNProtocols: options.http2 ? ['h2', 'http/1.1'] : ['http/1.1'],
      handshakeTimeout: options.handshakeTimeoutMs,
      SNICallback: (name, done) => done(null, this.#contextFor(name)),
    });
    this.#server.on('secureConnection', (socket: TLSSocket) => this.#secured(socket));
    // Node leaves the socket open. Its connection's `close` is what counts.
    this.#server.on('tlsClientError', (_error: Error, socket: TLSSocket) => socket.destroy());
    this.setCertificates(options.certificates);
  }

  setCertificates(certificates: readonly Certificate[]): void {
    const [first] = certificates;
    if (first === undefined) return;
    const { ticketKeys } = this.#options;
    this.#contexts = new Map(
      certificates.map((one) => [one, createSecureContext(contextOptions(one, ticketKeys))] as const),
    );
    this.#certificates = certificates;
    this.#server.setSecureContext(contextOptions(first, ticketKeys));
  }

  #contextFor(name: string): SecureContext | undefined {
    const certificate = certificateFor(name, this.#certificates);
    return certificate === undefined ? undefined : this.#contexts.get(certificate);
  }

  /** Takes an accepted connection. The host hears of it again, one way or the other. */
  admit(socket: Socket): OpenConnection {
    const handshake = new Handshake(socket);
    const key = peerKey(socket);
    this.#handshakes.set(key, handshake);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      if (this.#handshakes.get(key) !== handshake) return;
      this.#handshakes.delete(key);
      this.#host.onFailed(handshake);
    });
    this.#server.emit('connection', socket);
    return handshake;
  }

  #secured(socket: TLSSocket): void {
    const key = peerKey(socket);
    const handshake = this.#handshakes.get(key);
    this.#handshakes.delete(key);
    if (handshake === undefined) {
      socket.destroy();
      return;
    }
    // A client that hangs up in its handshake is gone; one that has said all it has to say is still owed its answer.
    socket.allowHalfOpen = true;
    this.#host.onSecure({ socket, carrier: handshake.carrier }, socket.alpnProtocol === 'h2', handshake);
  }
}
