import { Worker } from 'node:worker_threads';
import type { RoutingSnapshot, UpstreamReport } from '../core/snapshot.ts';
import type { Certificate } from '../core/traffic.ts';
import { asError } from './as-error.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-protocol.ts';

/** The address cannot be listened on. `code` is the system's: EADDRINUSE, EACCES, EADDRNOTAVAIL… */
export class ListenError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ListenError';
    this.code = code;
  }
}

/** One worker thread as the main thread holds it. */
export class WorkerHandle {
  readonly #worker: Worker;
  /** Resolves when it accepts connections; rejects with a ListenError, or when it dies before. */
  readonly listening: Promise<void>;
  /** Resolves with what went wrong (null: nothing) when the thread has ended. */
  readonly ended: Promise<Error | null>;

  constructor(start: WorkerStart, onReport: (report: UpstreamReport) => void) {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: start,
      name: `traffic-${start.index}`,
    });
    const listening = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<Error | null>();
    this.listening = listening.promise;
    this.ended = ended.promise;
    // A worker that dies after it listened is the business of `ended`.
    this.listening.catch(() => undefined);
    let failure: Error | null = null;
    this.#worker.on('error', (error) => {
      failure = asError(error);
    });
    this.#worker.on('exit', (code) => {
      const reason = failure ?? (code === 0 ? null : new Error(`traffic worker ${start.index} exited with ${code}`));
      listening.reject(reason ?? new Error(`traffic worker ${start.index} ended before it listened`));
      ended.resolve(reason);
    });
    this.#worker.on('message', (message: FromWorker) => {
      if (message.kind === 'report') onReport(message.report);
      else if (message.kind === 'listening') listening.resolve();
      else listening.reject(new ListenError(message.code, message.message));
    });
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  publish(snapshot: RoutingSnapshot): void {
    this.#send({ kind: 'snapshot', snapshot });
  }

  setCertificates(certificates: readonly Certificate[]): void {
    this.#send({ kind: 'certificates', certificates });
  }

  /** Lets requests in flight finish for at most `graceMs`, then ends the thread. */
  async drain(graceMs: number): Promise<void> {
    this.#send({ kind: 'drain' });
    const timer = setTimeout(() => this.terminate(), graceMs);
    await this.ended;
    clearTimeout(timer);
  }

  terminate(): void {
    this.#worker.terminate().catch(() => undefined);
  }
}
