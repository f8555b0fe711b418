/**
 * A relay that reads nothing of what it passes on: `node relay-contender.ts PORT…`. Each client has a connection of its
 * own to one of the ports, and bytes go over the same wires as in the data path. What it costs is what Node and the kernel
 * ask of any proxy written for them: the limit. Prints its port.
 */
import { type AddressInfo, createServer } from 'node:net';
import { TEXT_BYTES } from '../upstream-connection.ts';
import { type Accepted, READ_BUFFER_BYTES, Wire } from '../wire.ts';

const ports = process.argv.slice(2).map(Number);
const buffer = Buffer.allocUnsafeSlow(READ_BUFFER_BYTES);
let clients = 0;

/** Passes bytes from one wire to the other, and reads no more while those have not left. */
function pass(from: Wire, to: Wire, bytes: Buffer, length: number): void {
  if (length <= TEXT_BYTES) to.writeText(bytes.toString('latin1', 0, length));
  else to.writeBytes(bytes.subarray(0, length));
  if (to.isBlocked) from.pause();
}

function relay(accepted: Accepted): void {
  const ahead: string[] = [];
  let isConnected = false;
  const client: Wire = Wire.accepted(
    accepted,
    {
      onBytes: (bytes, length) => {
        if (!isConnected) ahead.push(bytes.toString('latin1', 0, length));
        // All clients share the buffer: what may have to wait is copied.
        else pass(client, replica, length <= TEXT_BYTES ? bytes : Buffer.from(bytes.subarray(0, length)), length);
      },
      onEnd: () => client.end(),
      onDrain: () => replica.resume(),
      onClose: () => replica.destroy(),
    },
    buffer,
  );
  const replica: Wire = Wire.connect('127.0.0.1', ports[clients++ % ports.length] ?? 0, {
    onConnect: () => {
      isConnected = true;
      replica.writeText(ahead.join(''));
    },
    onBytes: (bytes, length) => pass(replica, client, bytes, length),
    onEnd: () => client.destroy(),
    onDrain: () => client.resume(),
    onClose: () => client.destroy(),
  });
}

const server = createServer({ noDelay: true, allowHalfOpen: true, pauseOnConnect: true }, (socket) =>
  relay({ socket, carrier: socket }),
);
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`),
);
process.once('SIGTERM', () => process.exit(0));
