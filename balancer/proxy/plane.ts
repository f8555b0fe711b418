import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { Availability, BoardReader, createBoard } from '../core/board.ts';
import type { RoutingSnapshot, UpstreamReport } from '../core/snapshot.ts';
import type { Certificate, ListeningPlane, TrafficOptions, TrafficTotals } from '../core/traffic.ts';
import { SeatAvailability } from './seat-availability.ts';
import { SeatLedger } from './seat-ledger.ts';
import { ListenError, WorkerHandle } from './worker-handle.ts';
import type { WorkerStart, WorkerTls } from './worker-protocol.ts';

/** A worker that crashes at once again is not restarted faster than this. */
const RESTART_DELAY_MS = 100;
const FREE_PORT_ATTEMPTS = 5;
/** What OpenSSL takes for session tickets: a name and two keys. */
const TICKET_KEYS_BYTES = 48;

/**
 * Takes the address for a moment, without sharing it: with `reusePort` alone, listening would succeed beside another
 * process on the same port and split its traffic. Resolves with the port, which is a free one where 0 was asked for.
 */
function claimPort(host: string, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer();
  server.once('error', (error: NodeJS.ErrnoException) => {
    const code = error.code ?? error.name;
    reject(new ListenError(code, `cannot listen on ${host}:${port} (${code})`, { cause: error }));
  });
  server.listen({ host, port, exclusive: true }, () => {
    const address = server.address();
    const claimed = address !== null && typeof address === 'object' ? address.port : port;
    server.close(() => resolve(claimed));
  });
  return promise;
}

/** Starts one worker thread. */
type StartWorker = (start: WorkerStart, onReport: (report: UpstreamReport) => void) => WorkerHandle;
const startThread: StartWorker = (start, onReport) => new WorkerHandle(start, onReport);

class ThreadedPlane implements ListeningPlane {
  readonly port: number;
  readonly #options: TrafficOptions;
  readonly #startWorker: StartWorker;
  readonly #board: SharedArrayBuffer;
  readonly #availability: SeatAvailability;
  readonly #ledger: SeatLedger;
  readonly #workers = new Map<number, WorkerHandle>();
  #tls: WorkerTls | null;
  readonly #listeners: ((report: UpstreamReport) => void)[] = [];
  #count: number;
  #canShare = true;
  #snapshot: RoutingSnapshot | null = null;
  #isStopping = false;

  constructor(options: TrafficOptions, port: number, tls: WorkerTls | null, startWorker: StartWorker) {
    this.port = port;
    this.#tls = tls;
    this.#startWorker = startWorker;
    this.#options = options;
    this.#count = Math.max(1, options.workers);
    this.#board = createBoard(this.#count);
    this.#availability = new SeatAvailability(new Availability(this.#board));
    this.#ledger = new SeatLedger(new BoardReader(this.#board, this.#count));
  }

  /** Resolves when all workers listen. Where ports cannot be shared it makes do with one, with one listener. */
  async start(): Promise<void> {
    try {
      await this.#launch(0).listening;
    } catch (error) {
      if (!isUnsupported(error)) throw error;
      this.#canShare = false;
      this.#count = 1;
      await this.#launch(0).listening;
    }
    const others = Array.from({ length: this.#count - 1 }, (_, i) => this.#launch(i + 1).listening);
    await Promise.all(others);
  }

  #launch(index: number): WorkerHandle {
    const start = {
      options: this.#options,
      board: this.#board,
      index,
      port: this.port,
      tls: this.#tls,
      reusePort: this.#canShare,
      snapshot: this.#snapshot,
    };
    const worker = this.#startWorker(start, (report) => this.#report(report));
    this.#workers.set(index, worker);
    worker.listening.then(
      () => this.#replaceWhenEnded(index, worker),
      () => undefined,
    );
    return worker;
  }

  async #replaceWhenEnded(index: number, worker: WorkerHandle): Promise<void> {
    const reason = await worker.ended;
    if (this.#isStopping) return;
    this.#report({
      kind: 'reset',
      seat: 0,
      instanceId: '',
      detail: `a traffic worker crashed: ${reason?.message ?? ''}`,
    });
    while (!this.#isStopping) {
      try {
        await this.#launch(index).listening;
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, RESTART_DELAY_MS));
      }
    }
  }

  #report(report: UpstreamReport): void {
    for (const listener of this.#listeners) listener(report);
  }

  publish(snapshot: RoutingSnapshot): void {
    this.#snapshot = snapshot;
    this.#availability.publish(snapshot);
    for (const worker of this.#workers.values()) worker.publish(snapshot);
  }

  get tlsPort(): number | null {
    return this.#tls?.port ?? null;
  }

  setCertificates(certificates: readonly Certificate[]): void {
    if (this.#tls === null) return;
    this.#tls = { ...this.#tls, certificates };
    for (const worker of this.#workers.values()) worker.setCertificates(certificates);
  }

  setAvailable(seat: number, available: boolean): void {
    this.#availability.set(seat, available);
  }

  resetSeat(seat: number): void {
    this.#ledger.reset(seat);
  }

  totals(): TrafficTotals {
    return this.#ledger.totals((this.#snapshot?.seats ?? []).map(({ seat }) => seat));
  }

  latency(seat: number): Float64Array {
    return this.#ledger.latency(seat);
  }

  onReport(listener: (report: UpstreamReport) => void): void {
    this.#listeners.push(listener);
  }

  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true;
    await Promise.all([...this.#workers.values()].map((worker) => worker.drain(graceMs)));
  }

  /** Ends at once what `start` began before it failed. */
  async abandon(): Promise<void> {
    this.#isStopping = true;
    for (const worker of this.#workers.values()) worker.terminate();
    await Promise.all([...this.#workers.values()].map((worker) => worker.ended));
  }
}

function isUnsupported(error: unknown): boolean {
  return error instanceof ListenError && ['ENOTSUP', 'EINVAL', 'ENOPROTOOPT'].includes(error.code);
}

async function claimTls({ host, tls }: TrafficOptions): Promise<WorkerTls | null> {
  if (tls === undefined) return null;
  const port = await claimPort(host, tls.port);
  return { port, certificates: tls.certificates, ticketKeys: randomBytes(TICKET_KEYS_BYTES) };
}

async function startOnce(options: TrafficOptions, startWorker: StartWorker): Promise<ListeningPlane> {
  const port = await claimPort(options.host, options.port);
  const plane = new ThreadedPlane(options, port, await claimTls(options), startWorker);
  try {
    await plane.start();
  } catch (error) {
    await plane.abandon();
    throw error;
  }
  return plane;
}

/** Starts the traffic workers. Rejects with a ListenError when the address is taken or cannot be used. */
export async function startTrafficPlane(
  options: TrafficOptions,
  startWorker: StartWorker = startThread,
): Promise<ListeningPlane> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options, startWorker);
    } catch (error) {
      // A free port that was claimed for a moment may be somebody else's the next: then another one will do.
      const isTaken = error instanceof ListenError && error.code === 'EADDRINUSE';
      const isAnyPort = options.port === 0 || options.tls?.port === 0;
      if (!isTaken || !isAnyPort || attempt === FREE_PORT_ATTEMPTS) throw error;
    }
  }
}
