import type { Dispatcher } from 'undici';
import { asError } from './as-error.ts';
import type { ControlClient } from './control-client.ts';
import { Deadline } from './deadlines.ts';
import { clientAddress } from './forwarded.ts';
import { GeneralAttempt, type GeneralExchange } from './general-attempt.ts';
import { combinedField, fieldsForControl, fieldsForReplica } from './general-fields.ts';
import { isReserved } from './reserved-path.ts';
import { Trip } from './trip.ts';
import type { WorkerContext } from './worker-context.ts';

/** Gets a request answered: by a replica, or by the control plane. */
export type ServeExchange = (exchange: GeneralExchange) => void;

function slotOf({ target, fields, peer }: GeneralExchange, context: WorkerContext): number {
  const claimed = peer.isTrusted ? combinedField(fields, 'x-forwarded-for') : '';
  return context.chooseSlot({
    target,
    clientAddress: clientAddress(peer.address, claimed, context.trusted),
    field: (name) => {
      const value = combinedField(fields, name);
      return value === '' ? null : value;
    },
  });
}

/** Sends the request to the trip's next replica, and on from there when that fails safely. */
function attempt(exchange: GeneralExchange, trip: Trip, fields: string[], context: WorkerContext): void {
  const replica = trip.next();
  if (replica === undefined) {
    exchange.answer.refuse('no-replica');
    return;
  }
  const { deadlines, limits } = context;
  const patience = new Deadline(() => handler.overdue());
  const handler = new GeneralAttempt(exchange, {
    added: replica.added,
    contractErrors: context.options.contractErrors,
    onTurn: () => deadlines.disarm(patience),
    onOverdue: () => {
      trip.overdue();
      exchange.answer.refuse('overloaded');
    },
    onAnswered: (status, bytesOut) => trip.answered(status, exchange.body?.bytes ?? 0, bytesOut),
    onAbandoned: () => trip.abandoned(),
    onFailed: (failure, error) => {
      if (trip.failed(failure)) attempt(exchange, trip, fields, context);
      else exchange.answer.refuse(error);
    },
  });
  deadlines.arm(patience, limits.queueTimeoutMs);
  dispatch(replica.general.dispatcher, exchange, fields, handler);
}

/** What undici takes, without the async iterables that its types leave out for `dispatch`. */
type DispatchOptions = Omit<Dispatcher.DispatchOptions, 'body'> & { body: AsyncIterable<Buffer> | null };

function dispatch(to: Dispatcher, exchange: GeneralExchange, fields: string[], handler: GeneralAttempt): void {
  const { method, target, body } = exchange;
  const options: DispatchOptions = {
    method: method as Dispatcher.HttpMethod,
    path: target,
    headers: fields,
    body: body === null ? null : body.read(),
  };
  try {
    to.dispatch(options as unknown as Dispatcher.DispatchOptions, handler);
  } catch (error) {
    handler.onResponseError(null, asError(error));
  }
}

function toReplica(exchange: GeneralExchange, context: WorkerContext): void {
  const { method, version, fields, peer } = exchange;
  const { via = '' } = context.options;
  const trip = new Trip(context);
  trip.begin(method, slotOf(exchange, context));
  attempt(
    exchange,
    trip,
    fieldsForReplica({ method, via: via === '' ? '' : `${version} ${via}` }, fields, peer),
    context,
  );
}

function toControl(exchange: GeneralExchange, control: ControlClient): void {
  const handler = new GeneralAttempt(exchange, {
    added: [],
    contractErrors: false,
    onTurn: () => undefined,
    onOverdue: () => undefined,
    onAnswered: () => undefined,
    onAbandoned: () => undefined,
    onFailed: () => exchange.answer.refuse('control-unavailable'),
  });
  control.ask(exchange, fieldsForControl(exchange.fields, exchange.peer), handler);
}

/** `control`: where the main thread serves the reserved paths. */
export function createService(context: WorkerContext, control: ControlClient): ServeExchange {
  return (exchange) => {
    if (isReserved(exchange.target)) toControl(exchange, control);
    else toReplica(exchange, context);
  };
}
