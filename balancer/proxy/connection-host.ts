import type { OpenGeneral } from './general-turn.ts';
import type { Accepted } from './wire.ts';

/** A client's connection as its acceptor knows it. */
export interface OpenConnection {
  readonly address: string;
  /** The worker is going away: what is in flight is finished, and nothing new begun. */
  drain(): void;
}

/** What a connection gets from its acceptor. */
export interface ConnectionHost {
  /** Hands a new stream to Node's HTTP server. */
  readonly openGeneral: OpenGeneral;
  /** The client turns out to speak HTTP/2: somebody else goes on with it. */
  readonly onHttp2: (client: Accepted) => void;
  readonly onClosed: (connection: OpenConnection) => void;
}
