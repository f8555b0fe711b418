import { once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, connect, type IncomingHttpHeaders } from 'node:http2';
import type { ListeningPlane } from '../../core/traffic.ts';

export interface Http2Answer {
  readonly status: number;
  readonly fields: IncomingHttpHeaders;
  readonly body: string;
  readonly trailers: IncomingHttpHeaders;
  /** 1xx answers ahead of it. */
  readonly interim: readonly number[];
  /** Code of the RST_STREAM that ended it; 0: none, or no error. */
  readonly resetCode: number;
}

/** A session in clear text, or over TLS with whoever it is that answers. */
export async function openSession(
  plane: ListeningPlane,
  proto: 'http' | 'https' = 'http',
): Promise<ClientHttp2Session> {
  const port = proto === 'http' ? plane.port : plane.tlsPort;
  const session = connect(`${proto}://127.0.0.1:${port}`, { rejectUnauthorized: false });
  session.on('error', () => undefined);
  await once(session, 'connect');
  return session;
}

/** Begins a request; its side stays open, for the caller to write to and to end. */
export function begin(
  session: ClientHttp2Session,
  headers: Readonly<Record<string, string | string[]>>,
): ClientHttp2Stream {
  const stream = session.request({ ':authority': 'example.test', ...headers }, { endStream: false });
  stream.on('error', () => undefined);
  return stream;
}

/** Resolves when the stream is over, however it ends. */
export function answerOf(stream: ClientHttp2Stream): Promise<Http2Answer> {
  const { promise, resolve } = Promise.withResolvers<Http2Answer>();
  const seen = { fields: {} as IncomingHttpHeaders, trailers: {} as IncomingHttpHeaders };
  const interim: number[] = [];
  const pieces: Buffer[] = [];
  stream.on('headers', (headers) => interim.push(Number(headers[':status'])));
  stream.on('response', (headers) => {
    seen.fields = headers;
  });
  stream.on('trailers', (trailers) => {
    seen.trailers = trailers;
  });
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  stream.on('close', () => {
    const body = Buffer.concat(pieces).toString('latin1');
    resolve({ ...seen, status: Number(seen.fields[':status'] ?? 0), body, interim, resetCode: stream.rstCode ?? 0 });
  });
  return promise;
}

/** One whole request, and what comes of it. */
export function ask(
  session: ClientHttp2Session,
  headers: Readonly<Record<string, string | string[]>> | string,
  body?: string,
): Promise<Http2Answer> {
  const all = typeof headers === 'string' ? { ':path': headers } : headers;
  const stream = session.request({ ':authority': 'example.test', ...all }, { endStream: body === undefined });
  stream.on('error', () => undefined);
  if (body !== undefined) stream.end(body);
  return answerOf(stream);
}

/** Ends a session and waits for its end. */
export async function close(session: ClientHttp2Session): Promise<void> {
  if (session.destroyed) return;
  const closed = once(session, 'close');
  session.destroy();
  await closed;
}
