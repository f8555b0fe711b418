/**
 * A replica in a process of its own, so that a test can kill it. Prints its port; answers with SERVER_ID. BACKLOG:
 * connections that may wait to be accepted, 511 as usual with Node; others have 128 and less.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const id = process.env['SERVER_ID'] ?? '';
const backlog = Number(process.env['BACKLOG'] ?? 511);
const server = createServer((_request, response) => {
  setTimeout(() => response.end(id), 2);
});
server.listen({ port: 0, host: '127.0.0.1', backlog }, () =>
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`),
);
