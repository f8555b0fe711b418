/** One traffic worker: accepts connections on the shared port and serves them until it is told to drain. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Availability, Counters, SharedLoads } from '../core/board.ts';
import { boundedPicker } from '../core/bounded-load.ts';
import { pick } from '../core/pick.ts';
import { RetryBudget } from '../core/retry.ts';
import type { SeatRoute } from '../core/snapshot.ts';
import { Acceptor } from './acceptor.ts';
import { ControlClient } from './control-client.ts';
import { DeadlineWheel } from './deadlines.ts';
import { TrustedProxies } from './forwarded.ts';
import { Replicas } from './replicas.ts';
import { reportFilter } from './report-filter.ts';
import { slotChooser } from './routing-key.ts';
import { createService } from './serve-exchange.ts';
import { limitsOf } from './traffic-limits.ts';
import type { WorkerContext } from './worker-context.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-protocol.ts';

function createContext(start: WorkerStart, send: (message: FromWorker) => void): WorkerContext {
  const { options, board, index } = start;
  const loads = new SharedLoads(board);
  const factor = options.balanceFactor ?? 0;
  const counters = new Counters(board, index, factor > 0 ? loads : null);
  counters.takeOver();
  const report = reportFilter(
    (seen) => send({ kind: 'report', report: seen }),
    () => performance.now(),
  );
  const deadlines = new DeadlineWheel();
  const onIdleClosed = ({ seat, instanceId }: SeatRoute) =>
    report({ kind: 'closed', seat, instanceId, detail: 'idle connection closed' });
  return {
    options,
    counters,
    availability: new Availability(board),
    replicas: new Replicas(options, deadlines, onIdleClosed),
    budget: new RetryBudget(options.retryRatio),
    chooseSlot: slotChooser(options, index),
    pick: factor > 0 ? boundedPicker({ loads, factor, onSpill: () => counters.spilled() }) : pick,
    trusted: new TrustedProxies(options.trustedProxies),
    deadlines,
    limits: limitsOf(options),
    report,
    stopping: false,
  };
}

function run(port: MessagePort, start: WorkerStart): void {
  const send = (message: FromWorker) => port.postMessage(message);
  const context = createContext(start, send);
  if (start.snapshot !== null) context.replicas.apply(start.snapshot);
  const control = new ControlClient(start.options.adminSocket);
  const acceptor = new Acceptor(context, createService(context, control), start.port, start.tls);
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'snapshot') context.replicas.apply(message.snapshot);
    else if (message.kind === 'certificates') acceptor.setCertificates(message.certificates);
    else void acceptor.drain().then(() => process.exit(0));
  });
  void acceptor.listen(start.reusePort).then(
    () => send({ kind: 'listening' }),
    (error: NodeJS.ErrnoException) =>
      send({ kind: 'listen-failed', code: error.code ?? error.name, message: error.message }),
  );
}

if (parentPort === null) throw new Error('worker.ts runs as a worker thread only');
run(parentPort, workerData as WorkerStart);
