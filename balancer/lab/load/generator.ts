import type { LoadFrame, LoadSpec, LoadSummary } from '../../../lib/lab/load.ts';
import { Connection } from './connection.ts';
import { type Outcome, Recorder } from './recorder.ts';
import { requestSource } from './request-text.ts';

export interface LoadListener {
  /** About every `FRAME_MS`. */
  onFrame(frame: LoadFrame, requests: number, failed: number): void;
}

const FRAME_MS = 50;
/** A timer may be this late by its nature; what is later is the load's own delay and counts as waiting. */
const TIMER_GRAIN_MS = 2;
/** Requests that wait for a connection; what is due beyond that is not sent and counts as unanswered. */
const MAX_WAITING = 20_000;
/** A cancelled load waits this long for what is in flight, so that what it counted is whole. */
const CANCEL_WAIT_MS = 1000;
/** A client of a closed loop that got no answer waits a moment, so that a dead balancer is not hammered. */
const AFTER_FAILURE_MS = 20;

/**
 * Sends requests to the origin until the load's end, then waits for what is in flight. Latency of a paced load counts
 * from when a request was due, so that a stall is seen by every request that it held up.
 */
export async function generateLoad(
  origin: string,
  spec: LoadSpec,
  listener: LoadListener,
  signal: AbortSignal,
): Promise<LoadSummary> {
  const load = new Load(origin, spec, listener);
  const stop = (): void => load.stop('cancelled');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await load.run();
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

class Load {
  readonly #spec: LoadSpec;
  readonly #listener: LoadListener;
  readonly #recorder = new Recorder();
  readonly #connections: Connection[];
  readonly #free: Connection[];
  readonly #next: ReturnType<typeof requestSource>;
  readonly #waiting: number[] = [];
  readonly #ended = Promise.withResolvers<void>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #startedAt = Date.now();
  readonly #start = performance.now();
  readonly #usage = process.cpuUsage();
  #stoppedBy: LoadSummary['stoppedBy'] | null = null;
  #issued = 0;
  #over = false;
  #inFlight = 0;

  constructor(origin: string, spec: LoadSpec, listener: LoadListener) {
    this.#spec = spec;
    this.#listener = listener;
    const count = spec.pace.kind === 'rate' ? spec.pace.connections : spec.pace.clients;
    this.#connections = Array.from({ length: count }, () => new Connection(origin, spec));
    this.#free = [...this.#connections];
    this.#next = requestSource(spec, new URL(origin).host);
  }

  async run(): Promise<LoadSummary> {
    const { durationMs, pace } = this.#spec;
    if (durationMs !== null) this.#after(durationMs, () => this.stop('duration'));
    const frames = setInterval(() => this.#cut(), FRAME_MS);
    if (pace.kind === 'rate') this.#tick(pace.perSecond);
    else for (let i = 0; i < pace.clients; i++) this.#sendNow();
    await this.#ended.promise;
    this.#over = true;
    clearInterval(frames);
    for (const timer of this.#timers) clearTimeout(timer);
    const ranMs = performance.now() - this.#start;
    this.#cut();
    for (const connection of this.#connections) connection.close();
    const how = {
      startedAt: this.#startedAt,
      durationMs: ranMs,
      stoppedBy: this.#stoppedBy ?? 'requests',
      generatorBusy: this.#busy(ranMs),
    };
    return this.#recorder.summary(how, pace.kind === 'rate' ? null : pace.thinkMs);
  }

  #busy(ranMs: number): number {
    const { user, system } = process.cpuUsage(this.#usage);
    return ranMs > 0 ? Math.min(1, (user + system) / 1000 / ranMs) : 0;
  }

  /** Sends no more. What is in flight is waited for; when the load was cancelled, only a moment. */
  stop(reason: LoadSummary['stoppedBy']): void {
    this.#stoppedBy ??= reason;
    this.#waiting.length = 0;
    if (this.#inFlight === 0) this.#ended.resolve();
    else if (reason === 'cancelled') this.#after(CANCEL_WAIT_MS, () => this.#ended.resolve());
  }

  #cut(): void {
    const now = performance.now();
    for (const connection of this.#connections) connection.expire(now);
    const frame = this.#recorder.cut(now - this.#start);
    this.#listener.onFrame(frame, this.#recorder.requests, this.#recorder.failed);
  }

  /** Issues everything that is due, and comes back when the next is. */
  #tick(perSecond: number): void {
    const now = performance.now();
    for (;;) {
      const dueMs = this.#start + (this.#issued * 1000) / perSecond;
      if (dueMs > now || !this.#mayIssue()) break;
      this.#issued++;
      this.#sendDue(now - dueMs <= TIMER_GRAIN_MS ? now : dueMs);
    }
    if (this.#mayIssue()) this.#after(1, () => this.#tick(perSecond));
  }

  #sendDue(dueMs: number): void {
    const connection = this.#free.pop();
    if (connection) this.#send(connection, dueMs);
    else if (this.#waiting.length < MAX_WAITING) this.#waiting.push(dueMs);
    else {
      const now = performance.now();
      const outcome = { kind: 'unanswered' as const, reason: 'not sent: every connection is busy' };
      this.#recorder.record(outcome, { dueMs, sentMs: now, endMs: now });
    }
  }

  #sendNow(): void {
    if (!this.#mayIssue()) return;
    const connection = this.#free.pop();
    if (!connection) return;
    this.#issued++;
    this.#send(connection, performance.now());
  }

  #send(connection: Connection, dueMs: number): void {
    this.#inFlight++;
    const sentMs = performance.now();
    connection.send(this.#next(), sentMs, (outcome) => this.#finished(connection, outcome, { dueMs, sentMs }));
  }

  #finished(connection: Connection, outcome: Outcome, times: { dueMs: number; sentMs: number }): void {
    if (this.#over) return;
    this.#inFlight--;
    this.#recorder.record(outcome, { ...times, endMs: performance.now() });
    this.#goOn(connection, outcome.kind === 'answered' ? 0 : AFTER_FAILURE_MS);
    if (this.#inFlight === 0 && this.#waiting.length === 0 && !this.#mayIssue()) this.#ended.resolve();
  }

  #goOn(connection: Connection, pauseMs: number): void {
    const { pace } = this.#spec;
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) {
      this.#send(connection, waiting);
      return;
    }
    this.#free.push(connection);
    if (pace.kind === 'rate') return;
    const restMs = pace.thinkMs + pauseMs;
    if (restMs === 0) this.#sendNow();
    else this.#after(restMs, () => this.#sendNow());
  }

  #mayIssue(): boolean {
    return this.#stoppedBy === null && this.#issued < (this.#spec.requests ?? Number.POSITIVE_INFINITY);
  }

  #after(ms: number, then: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      then();
    }, ms);
    this.#timers.add(timer);
  }
}
