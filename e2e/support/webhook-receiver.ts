import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WebhookReceiver {
  readonly url: string;
  /** What was posted, in order: the type of each message, and its id. */
  readonly posted: readonly { readonly type: string; readonly id: string; readonly isSigned: boolean }[];
  /** From here on it takes what is posted. */
  readonly accept: () => void;
  readonly stop: () => Promise<void>;
}

/** A real HTTP receiver; one that does not accept answers 503 until it is told to. */
export async function startReceiver(accepts = true): Promise<WebhookReceiver> {
  const posted: { type: string; id: string; isSigned: boolean }[] = [];
  let isAccepting = accepts;
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    request.on('end', () => {
      const { type } = JSON.parse(text) as { type: string };
      const isSigned = request.headers['webhook-signature'] !== undefined;
      posted.push({ type, id: String(request.headers['webhook-id']), isSigned });
      response.writeHead(isAccepting ? 204 : 503).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${port}/hook/path-that-is-secret`, posted, accept: () => (isAccepting = true), stop };
}
