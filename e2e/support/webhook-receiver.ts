import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WebhookReceiver {
  readonly url: string;
  /** What was posted, in order: the type of each message, and its id. */
  readonly posted: readonly { readonly type: string; readonly id: string; readonly isSigned: boolean }[];
  readonly stop: () => Promise<void>;
}

/** A real HTTP receiver; it answers 503 to the first `failures` messages. */
export async function startReceiver(failures: number): Promise<WebhookReceiver> {
  const posted: { type: string; id: string; isSigned: boolean }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    request.on('end', () => {
      const { type } = JSON.parse(text) as { type: string };
      const isSigned = request.headers['webhook-signature'] !== undefined;
      posted.push({ type, id: String(request.headers['webhook-id']), isSigned });
      response.writeHead(posted.length > failures ? 204 : 503).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${port}/hook/path-that-is-secret`, posted, stop };
}
