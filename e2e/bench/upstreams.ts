import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Upstreams {
  /** HOST:PORT of each. */
  readonly addresses: readonly string[];
  readonly stop: () => void;
}

/** So many replicas in this one process: for what is about the panel, and not about them. */
export async function startUpstreams(count: number): Promise<Upstreams> {
  const servers = await Promise.all(Array.from({ length: count }, startOne));
  return {
    addresses: servers.map((server) => `127.0.0.1:${(server.address() as AddressInfo).port}`),
    stop: () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function startOne(): Promise<Server> {
  const server = createServer((_request, response) => response.end('ok'));
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
