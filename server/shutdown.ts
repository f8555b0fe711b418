import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** A request that takes longer than this after SIGTERM is cut. Whoever sent the signal usually kills earlier. */
const LONGEST_GOODBYE_MS = 30_000;
/** How soon a connection is closed after its last answer has ended. */
const IDLE_CHECK_MS = 20;

/**
 * On SIGTERM or SIGINT: stops accepting, closes idle connections at once, lets requests in flight finish, then exits
 * with 0. Needed in a container above all: as process 1, Node ignores SIGTERM unless something listens for it.
 */
export function stopOnSignal(server: Server, log: (line: string) => void): void {
  const sockets = trackSockets(server);
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    log(`stopping on ${signal}`);
    endGently(server, sockets, () => {
      log('stopped');
      process.exit(0);
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return sockets;
}

function endGently(server: Server, sockets: ReadonlySet<Socket>, ended: () => void): void {
  server.prependListener('request', (_request, response) => response.setHeader('Connection', 'close'));
  server.close(ended);
  // `close()` ends connections that wait for their next request, but takes one that never sent a byte for busy.
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  // Answers begun before the signal did not say `Connection: close`: their connections fall idle afterwards.
  setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, LONGEST_GOODBYE_MS);
}
