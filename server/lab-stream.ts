import type { ServerResponse } from 'node:http';

const BLOCK = Buffer.alloc(1 << 20, 'ringmaster\n');

interface Drip {
  readonly bytes: number;
  readonly chunkBytes: number;
  /** Between two chunks; 0: as fast as the client reads. */
  readonly everyMs: number;
}

/** A chunked answer of a given size, in chunks of a given size and pace; never more than one chunk ahead of the client. */
export function drip(response: ServerResponse, { bytes, chunkBytes, everyMs }: Drip): void {
  let left = bytes;
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    const size = Math.min(left, chunkBytes);
    left -= size;
    if (size === 0 || left === 0) {
      response.end(BLOCK.subarray(0, size));
      return;
    }
    const room = response.write(BLOCK.subarray(0, size));
    if (everyMs > 0) timer = setTimeout(next, everyMs);
    else if (room) timer = setTimeout(next, 0);
    else response.once('drain', next);
  };
  response.on('close', () => clearTimeout(timer));
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  next();
}

/** An answer with a Content-Length of `bytes`. */
export function fixedBytes(response: ServerResponse, bytes: number): void {
  let left = bytes;
  const next = (): void => {
    while (left > 0) {
      const size = Math.min(left, BLOCK.length);
      left -= size;
      if (!response.write(BLOCK.subarray(0, size))) {
        response.once('drain', next);
        return;
      }
    }
    response.end();
  };
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': bytes });
  next();
}

/** Never answers; ends when the client gives up. */
export function hang(response: ServerResponse): void {
  response.on('close', () => response.destroy());
}

/** Breaks the connection: after `after` bytes of a longer body, or, at 0, without any answer. */
export function abort(response: ServerResponse, after: number): void {
  if (after === 0) {
    response.destroy();
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': after * 2 });
  response.write(Buffer.alloc(after, 'x'), () => response.destroy());
}
