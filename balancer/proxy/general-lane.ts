import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import { Deadline } from './deadlines.ts';
import { clientAddress, plainAddress } from './forwarded.ts';
import { answerError } from './general-answer.ts';
import { GeneralAttempt, type GeneralExchange } from './general-attempt.ts';
import { combinedField, fieldsForControl, fieldsForReplica, type Peer } from './general-fields.ts';
import { GeneralRequest } from './general-request.ts';
import { type GeneralClient, GeneralStream } from './general-stream.ts';
import { RequestBody } from './request-body.ts';
import { isReserved } from './reserved-path.ts';
import { Trip } from './trip.ts';
import type { WorkerContext } from './worker-context.ts';

function peerOf(request: IncomingMessage, context: WorkerContext): Peer {
  const stream: unknown = request.socket;
  const proto = stream instanceof GeneralStream ? stream.proto : 'http';
  const address = plainAddress(request.socket.remoteAddress);
  return { address, proto, isTrusted: context.trusted.has(address) };
}

function slotOf(request: IncomingMessage, peer: Peer, context: WorkerContext): number {
  const claimed = peer.isTrusted ? combinedField(request.rawHeaders, 'x-forwarded-for') : '';
  return context.chooseSlot({
    target: request.url ?? '/',
    clientAddress: clientAddress(peer.address, claimed, context.trusted),
    field: (name) => {
      const value = combinedField(request.rawHeaders, name);
      return value === '' ? null : value;
    },
  });
}

/** Sends the request to the trip's next replica, and on from there when that fails safely. */
function attempt(exchange: GeneralExchange, trip: Trip, fields: string[], context: WorkerContext): void {
  const replica = trip.next();
  if (replica === undefined) {
    answerError(exchange.response, 'no-replica', context.stopping);
    return;
  }
  const { deadlines, limits } = context;
  const patience = new Deadline(() => handler.overdue());
  const handler = new GeneralAttempt(exchange, {
    replica: replica.route.name,
    contractErrors: context.options.contractErrors,
    isStopping: () => context.stopping,
    onTurn: () => deadlines.disarm(patience),
    onOverdue: () => {
      trip.overdue();
      answerError(exchange.response, 'overloaded', context.stopping);
    },
    onAnswered: (status, bytesOut) => trip.answered(status, exchange.body?.bytes ?? 0, bytesOut),
    onAbandoned: () => trip.abandoned(),
    onFailed: (failure, error) => {
      if (trip.failed(failure)) attempt(exchange, trip, fields, context);
      else if (failure.answerBegun) exchange.response.destroy();
      else answerError(exchange.response, error, context.stopping);
    },
  });
  deadlines.arm(patience, limits.queueTimeoutMs);
  dispatch(replica.dispatcher, exchange, fields, handler);
}

/** What undici takes, without the async iterables that its types leave out for `dispatch`. */
type DispatchOptions = Omit<Dispatcher.DispatchOptions, 'body'> & { body: AsyncIterable<Buffer> | null };

function dispatch(to: Dispatcher, exchange: GeneralExchange, fields: string[], handler: GeneralAttempt): void {
  const { request, body } = exchange;
  const options: DispatchOptions = {
    method: (request.method ?? 'GET') as Dispatcher.HttpMethod,
    path: request.url ?? '/',
    headers: fields,
    body: body === null ? null : body.read(),
  };
  try {
    to.dispatch(options as unknown as Dispatcher.DispatchOptions, handler);
  } catch (error) {
    handler.onResponseError(null, error instanceof Error ? error : new Error(String(error)));
  }
}

function toReplica(exchange: GeneralExchange, context: WorkerContext): void {
  const peer = peerOf(exchange.request, context);
  const trip = new Trip(context);
  trip.begin(exchange.request.method ?? 'GET', slotOf(exchange.request, peer, context));
  attempt(
    exchange,
    trip,
    fieldsForReplica(exchange.request.method ?? 'GET', exchange.request.rawHeaders, peer),
    context,
  );
}

function toControl(exchange: GeneralExchange, control: Dispatcher, context: WorkerContext): void {
  const peer = peerOf(exchange.request, context);
  const handler = new GeneralAttempt(exchange, {
    replica: null,
    contractErrors: false,
    isStopping: () => context.stopping,
    onTurn: () => undefined,
    onOverdue: () => undefined,
    onAnswered: () => undefined,
    onAbandoned: () => undefined,
    onFailed: (failure) => {
      if (failure.answerBegun) exchange.response.destroy();
      else answerError(exchange.response, 'control-unavailable', context.stopping);
    },
  });
  dispatch(control, exchange, fieldsForControl(exchange.request.rawHeaders, peer), handler);
}

/**
 * The lane for everything: Node's own parser towards the client, undici towards replicas and the control plane.
 * Its server never listens itself. What it returns hands it a client's connection.
 */
export function createGeneralLane(
  context: WorkerContext,
  control: Dispatcher,
): (client: GeneralClient) => GeneralRequest {
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const stream: unknown = request.socket;
    if (stream instanceof GeneralStream) response.once('finish', () => stream.answered());
    const exchange = { request, response, body: RequestBody.of(request) };
    if (isReserved(request.url ?? '/')) toControl(exchange, control, context);
    else toReplica(exchange, context);
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
  server.on('checkContinue', (request, response) => {
    response.writeContinue();
    handle(request, response);
  });
  server.on('checkExpectation', (_request, response) => answerError(response, 'expectation-failed', true));
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
