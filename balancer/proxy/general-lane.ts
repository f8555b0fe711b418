import type { IncomingMessage, ServerResponse } from 'node:http';
import { expectationOf } from './expectation.ts';
import { plainAddress } from './forwarded.ts';
import { answerError, GeneralAnswer } from './general-answer.ts';
import { combinedField, type Peer } from './general-fields.ts';
import { GeneralRequest } from './general-request.ts';
import { type GeneralClient, GeneralStream } from './general-stream.ts';
import { createServer } from './node-http.ts';
import { RequestBody } from './request-body.ts';
import type { ServeExchange } from './serve-exchange.ts';
import type { WorkerContext } from './worker-context.ts';

function peerOf(request: IncomingMessage, context: WorkerContext): Peer {
  const stream: unknown = request.socket;
  const proto = stream instanceof GeneralStream ? stream.proto : 'http';
  const address = plainAddress(request.socket.remoteAddress);
  return { address, proto, isTrusted: context.trusted.has(address) };
}

/**
 * The lane for everything: Node's own parser towards the client, undici towards replicas and the control plane.
 * Its server never listens itself. What it returns hands it a client's connection.
 */
export function createGeneralLane(
  context: WorkerContext,
  serve: ServeExchange,
): (client: GeneralClient) => GeneralRequest {
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const stream: unknown = request.socket;
    if (stream instanceof GeneralStream) response.once('finish', () => stream.answered());
    serve({
      method: request.method ?? 'GET',
      version: request.httpVersion,
      target: request.url ?? '/',
      fields: request.rawHeaders,
      peer: peerOf(request, context),
      body: RequestBody.of(request),
      answer: new GeneralAnswer(response, () => context.stopping),
    });
  };
  const server = createServer({
    maxHeaderSize: context.options.maxHeaderBytes,
    // Who waits for how long is decided where connections are accepted, for both lanes alike.
    headersTimeout: 0,
    requestTimeout: 0,
    keepAliveTimeout: 0,
    requireHostHeader: false,
  });
  server.maxHeadersCount = 0;
  server.timeout = 0;
  server.on('request', handle);
  const refuse = (response: ServerResponse) => answerError(response, 'expectation-failed', true);
  server.on('checkContinue', (request, response) => {
    // Node's parser is content with a list that has it.
    if (expectationOf(combinedField(request.rawHeaders, 'expect')) !== 'continue') return refuse(response);
    // undici cannot say Expect, so the replica cannot be asked.
    response.writeContinue();
    handle(request, response);
  });
  server.on('checkExpectation', (_request, response) => refuse(response));
  // Two parsers that disagree: the stricter one has the say.
  server.on('clientError', (_error, socket) => {
    const stream: unknown = socket;
    if (stream instanceof GeneralStream) stream.refused();
  });
  return (client) => {
    const stream = new GeneralStream(client);
    server.emit('connection', stream);
    return new GeneralRequest(stream, context.options.maxBodyBytes);
  };
}
