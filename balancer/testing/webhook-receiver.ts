import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Posted {
  readonly id: string;
  readonly signature: string | undefined;
  readonly timestamp: string;
  readonly text: string;
  readonly body: { readonly version: number; readonly type: string; readonly alert: { readonly id: string } | null };
}

/** A real HTTP receiver of webhooks: remembers what was posted, and answers as it was told to. */
export class WebhookReceiver {
  readonly posted: Posted[] = [];
  /** Status codes of answers to come, in order; after them 204. */
  readonly answers: number[] = [];
  #server: Server | undefined;
  #port = 0;

  /** On the port it had, if it had one. */
  async open(): Promise<void> {
    const server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      request.on('end', () => {
        this.posted.push({
          id: String(request.headers['webhook-id']),
          signature: request.headers['webhook-signature']?.toString(),
          timestamp: String(request.headers['webhook-timestamp']),
          text,
          body: JSON.parse(text) as Posted['body'],
        });
        response.writeHead(this.answers.shift() ?? 204).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/hook/secret-path`;
  }

  async close(): Promise<void> {
    const server = this.#server;
    server?.closeAllConnections();
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  }
}
