/** A replica for large bodies: sends as many bytes as /BYTES says, takes any body and says how long it was. Prints its port. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

const PIECE = Buffer.alloc(262_144, 'x');

function* pieces(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= PIECE.length) yield left < PIECE.length ? PIECE.subarray(0, left) : PIECE;
}

const server = createServer((request, response) => {
  let taken = 0;
  request.on('data', (piece: Buffer) => {
    taken += piece.length;
  });
  request.on('end', () => {
    if (request.method === 'PUT') response.end(String(taken));
    else Readable.from(pieces(Number((request.url ?? '/0').slice(1)))).pipe(response);
  });
});
server.requestTimeout = 0;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
