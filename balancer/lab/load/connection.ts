import { Client, type Dispatcher } from 'undici';
import type { LoadSpec } from '../../../lib/lab/load.ts';
import type { Outcome } from './recorder.ts';
import type { OutgoingRequest } from './request-line.ts';

/** The answer's field that names the replica. */
const REPLICA_FIELD = 'x-ringmaster-replica';

/** One kept-alive connection, with one request on it at a time; it is opened again when it was closed. */
export class Connection {
  readonly #client: Client;
  readonly #method: LoadSpec['method'];

  constructor(origin: string, { method, timeoutMs }: LoadSpec) {
    this.#method = method;
    this.#client = new Client(origin, {
      pipelining: 1,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connect: { timeout: timeoutMs },
    });
  }

  /** Calls back exactly once, after the answer's last byte or when it is clear that there will be none. */
  send(request: OutgoingRequest, done: (outcome: Outcome) => void): void {
    let status = 0;
    let replica = '';
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStart: (_controller, code, headers) => {
        status = code;
        const named = headers[REPLICA_FIELD];
        replica = typeof named === 'string' ? named : '';
      },
      onResponseData: () => undefined,
      onResponseEnd: () => done({ kind: 'answered', status, replica }),
      onResponseError: (_controller, error) => done({ kind: 'unanswered', reason: explain(error) }),
    };
    this.#client.dispatch({ path: request.path, method: this.#method, headers: request.headers }, handler);
  }

  /** Cuts what is in flight. */
  async close(): Promise<void> {
    await this.#client.destroy();
  }
}

function explain(error: Error): string {
  const code = 'code' in error ? String(error.code) : error.name;
  return `${code}: ${error.message}`;
}
