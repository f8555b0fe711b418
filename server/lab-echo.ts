import type { IncomingMessage, ServerResponse } from 'node:http';

/** A body to be echoed is held in memory up to this size. */
const LARGEST_ECHO_BYTES = 1 << 20;

/**
 * Answers with the request as it arrived: method, target, version, headers in their order and spelling, trailers, and
 * the body as text. A body above 1 MiB gets 413.
 */
export function echo(request: IncomingMessage, response: ServerResponse, _query: URLSearchParams, id: string): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= LARGEST_ECHO_BYTES) chunks.push(chunk);
  });
  request.on('end', () => {
    const tooLarge = bytes > LARGEST_ECHO_BYTES;
    const seen = {
      server: id,
      method: request.method,
      target: request.url,
      httpVersion: request.httpVersion,
      rawHeaders: request.rawHeaders,
      headers: request.headers,
      rawTrailers: request.rawTrailers,
      remote: request.socket.remoteAddress,
      bytes,
      body: tooLarge ? null : Buffer.concat(chunks).toString('utf8'),
    };
    const body = Buffer.from(JSON.stringify(seen));
    response.writeHead(tooLarge ? 413 : 200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
    response.end(body);
  });
}

/** Sends the request's body back while it arrives, of any size. */
export function mirror(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': request.headers['content-type'] ?? 'application/octet-stream' });
  response.flushHeaders();
  request.pipe(response);
}
