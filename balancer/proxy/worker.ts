/** One traffic worker: accepts connections on the shared port and serves them until it is told to drain. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'undici';
import { Availability, Counters } from '../core/board.ts';
import { RetryBudget } from '../core/retry.ts';
import { TrustedProxies } from './forwarded.ts';
import { createGeneralLane } from './general-lane.ts';
import { Replicas } from './replicas.ts';
import { slotChooser } from './routing-key.ts';
import type { WorkerContext } from './worker-context.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-protocol.ts';

function createContext(start: WorkerStart, send: (message: FromWorker) => void): WorkerContext {
  const { options, board, index } = start;
  const counters = new Counters(board, index);
  counters.takeOver();
  return {
    options,
    counters,
    availability: new Availability(board),
    replicas: new Replicas(options),
    budget: new RetryBudget(options.retryRatio),
    chooseSlot: slotChooser(options, index),
    trusted: new TrustedProxies(options.trustedProxies),
    report: (report) => send({ kind: 'report', report }),
    stopping: false,
  };
}

function run(port: MessagePort, start: WorkerStart): void {
  const send = (message: FromWorker) => port.postMessage(message);
  const context = createContext(start, send);
  if (start.snapshot !== null) context.replicas.apply(start.snapshot);
  // Event streams are open for hours and their silence is no failure: no timeouts towards the control plane.
  const control = new Pool('http://localhost', {
    socketPath: start.options.adminSocket,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const server = createGeneralLane(context, control);
  server.on('connection', (socket) => {
    context.counters.connectionOpened();
    socket.once('close', () => context.counters.connectionClosed());
  });
  server.once('error', (error: NodeJS.ErrnoException) =>
    send({ kind: 'listen-failed', code: error.code ?? error.name, message: error.message }),
  );
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'snapshot') context.replicas.apply(message.snapshot);
    else {
      context.stopping = true;
      server.close(() => process.exit(0));
      server.closeIdleConnections();
    }
  });
  const { host } = start.options;
  server.listen({ host, port: start.port, reusePort: start.reusePort, backlog: 4096 }, () =>
    send({ kind: 'listening' }),
  );
}

if (parentPort === null) throw new Error('worker.ts runs as a worker thread only');
run(parentPort, workerData as WorkerStart);
