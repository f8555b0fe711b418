/** A replica in a process of its own, so that a test can kill it. Prints its port; answers with SERVER_ID. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const id = process.env['SERVER_ID'] ?? '';
const server = createServer((_request, response) => {
  setTimeout(() => response.end(id), 2);
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
