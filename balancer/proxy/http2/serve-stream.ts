import type { ServerHttp2Stream } from 'node:http2';
import type { ProxyErrorCode } from '../errors.ts';
import { expectationOf } from '../expectation.ts';
import { combinedField, type Peer } from '../general-fields.ts';
import { OWN_METHODS } from '../hop-limit.ts';
import { laneFor } from '../lane.ts';
import { RequestBody } from '../request-body.ts';
import type { ServeExchange } from '../serve-exchange.ts';
import type { WorkerContext } from '../worker-context.ts';
import { StreamAnswer } from './stream-answer.ts';
import { type PacedStream, StreamPace } from './stream-pace.ts';
import { readStreamRequest, type StreamRequest } from './stream-request.ts';

export interface IncomingStream {
  readonly stream: ServerHttp2Stream;
  /** The header section: name, value, name, value… */
  readonly raw: readonly string[];
  readonly peer: Peer;
}

/** Has the client ended its side by itself? A stream that was taken back ends as well, but has no whole request. */
function hasWholeRequest(stream: ServerHttp2Stream): boolean {
  return stream.endAfterHeaders || (stream.readableEnded && !stream.closed);
}

/** Who answers, by the same rules as in HTTP/1: somebody behind us, we ourselves, or we with an error. */
function decide({ head, fields }: StreamRequest, maxBodyBytes: number): 'serve' | 'own' | ProxyErrorCode {
  if (expectationOf(combinedField(fields, 'expect')) === 'unknown') return 'expectation-failed';
  const lane = laneFor(head, maxBodyBytes);
  // `OPTIONS *` asks the nearest server.
  if (head.target === '*') return 'own';
  return lane === 'fast' || lane === 'general' ? 'serve' : lane;
}

function bodyOf(
  { stream, head }: Pick<IncomingStream, 'stream'> & Pick<StreamRequest, 'head'>,
  maxBodyBytes: number,
  answer: StreamAnswer,
): RequestBody | null {
  if (stream.endAfterHeaders) return null;
  return new RequestBody(stream, {
    isWhole: () => !stream.closed,
    // RFC 9113, 8.1.1: more DATA or trailers may still make it malformed.
    announcedBytes: head.contentLength,
    ...(maxBodyBytes > 0 ? { maxBytes: maxBodyBytes, onTooLong: () => answer.refuse('body-too-large') } : {}),
  });
}

/** Cuts a stream whose client sends or takes too little: of a request, of an answer, and of a refusal too. */
function watchPace(
  stream: ServerHttp2Stream,
  answer: StreamAnswer,
  context: WorkerContext,
): (body: RequestBody) => void {
  let body: RequestBody | null = null;
  const paced: PacedStream = {
    get isWaitingForClient() {
      const awaitsBody = body !== null && !stream.readableEnded && stream.readableLength === 0;
      const awaitsEnd = stream.headersSent && stream.writableEnded;
      return awaitsBody || awaitsEnd || stream.writableLength > 0;
    },
    get movedBytes() {
      return (body?.bytes ?? 0) + answer.writtenBytes;
    },
  };
  const { options, limits, deadlines } = context;
  const rules = { minBytesPerSecond: limits.minBytesPerSecond, idleTimeoutMs: options.bodyIdleTimeoutMs };
  const pace = new StreamPace(paced, rules, deadlines, () => answer.refuse('request-timeout'));
  stream.once('close', () => pace.end());
  return (known) => {
    body = known;
  };
}

/** Gets one stream's request answered. */
export function serveStream({ stream, raw, peer }: IncomingStream, context: WorkerContext, serve: ServeExchange): void {
  const { options } = context;
  const answer = new StreamAnswer(stream, () => hasWholeRequest(stream));
  const watchBody = watchPace(stream, answer, context);
  const request = readStreamRequest(raw, peer.proto, options);
  if (typeof request === 'string') {
    answer.refuse(request);
    return;
  }
  const decision = decide(request, options.maxBodyBytes);
  if (decision === 'serve') {
    const { head, fields } = request;
    const body = bodyOf({ stream, head }, options.maxBodyBytes, answer);
    if (body !== null) watchBody(body);
    if (body !== null && head.expectsContinue) answer.inform(100, '', []);
    serve({ method: head.method, version: '2', target: head.target, fields, peer, body, answer });
  } else if (decision === 'own') {
    answer.begin(204, '', ['allow', OWN_METHODS]);
    answer.end({});
  } else answer.refuse(decision);
}
