import type { ClientConnection } from './client-connection.ts';
import type { OpenGeneral } from './general-turn.ts';

/** What a connection gets from its acceptor. */
export interface ConnectionHost {
  /** Hands a new stream to Node's HTTP server. */
  readonly openGeneral: OpenGeneral;
  readonly onClosed: (connection: ClientConnection) => void;
}
