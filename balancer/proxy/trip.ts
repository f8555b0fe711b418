import { NO_SEAT } from '../core/pick.ts';
import { type FailedAttempt, isSafeToRetry } from '../core/retry.ts';
import type { UpstreamReport } from '../core/snapshot.ts';
import { isBlameless } from './blameless.ts';
import type { Replica } from './replicas.ts';
import type { WorkerContext } from './worker-context.ts';

const NOTHING_TRIED: readonly number[] = [];

/** One attempt's failure: what it means for a retry, and what the main thread is told. */
export interface AttemptFailure extends FailedAttempt {
  readonly kind: UpstreamReport['kind'];
  readonly detail: string;
}

/**
 * One request's way through the replicas, the same in both lanes: which is asked next, whether a failure may be
 * tried elsewhere, and what is counted. A connection reuses one trip for its requests, one at a time.
 */
export class Trip {
  readonly #context: WorkerContext;
  #method = '';
  #slot = 0;
  #tried: readonly number[] = NOTHING_TRIED;
  #attempts = 0;
  #startedAt = 0;
  #replica: Replica | undefined;

  constructor(context: WorkerContext) {
    this.#context = context;
  }

  /** The replica of the attempt under way. */
  get replica(): Replica | undefined {
    return this.#replica;
  }

  begin(method: string, slot: number): void {
    this.#method = method;
    this.#slot = slot;
    this.#tried = NOTHING_TRIED;
    this.#attempts = 0;
    this.#startedAt = performance.now();
    this.#context.counters.requestRead(slot);
    this.#context.budget.requestSeen(this.#startedAt);
  }

  /** Begins an attempt on the slot's best replica that was not tried yet; undefined when nobody is left. */
  next(): Replica | undefined {
    const { replicas, availability, counters } = this.#context;
    const seat = this.#nextSeat(replicas.snapshot, availability);
    const replica = seat === NO_SEAT ? undefined : replicas.at(seat);
    this.#replica = replica;
    if (replica === undefined) {
      counters.lost();
      return undefined;
    }
    this.#attempts++;
    if (this.#attempts > 1) counters.retried(seat);
    counters.attemptStarted(seat);
    return replica;
  }

  #nextSeat(snapshot: WorkerContext['replicas']['snapshot'], availability: WorkerContext['availability']): number {
    const { pick } = this.#context;
    const fresh = pick(snapshot, availability, this.#slot, this.#tried);
    // With nobody else left, one that failed may have lost no more than an idle connection.
    return fresh === NO_SEAT && this.#attempts > 0 ? pick(snapshot, availability, this.#slot, NOTHING_TRIED) : fresh;
  }

  /** Ends the attempt under way without an answer. True: `next` may be called for another one. */
  failed(failure: AttemptFailure): boolean {
    const replica = this.#replica;
    if (replica === undefined) return false;
    this.#replica = undefined;
    const { seat, instanceId } = replica.route;
    const { counters, report } = this.#context;
    counters.attemptEnded(seat);
    if (!isBlameless(failure.detail)) {
      counters.attemptFailed(seat);
      report({ kind: failure.kind, seat, instanceId, detail: failure.detail });
    }
    this.#tried = [...this.#tried, seat];
    const again = this.#mayRetry(failure);
    if (!again) counters.lost();
    return again;
  }

  #mayRetry(failure: AttemptFailure): boolean {
    const { options, budget } = this.#context;
    if (this.#attempts >= options.maxAttempts || !isSafeToRetry(this.#method, failure)) return false;
    return failure.unsent || budget.take(performance.now());
  }

  /** The attempt's answer reached its end. */
  answered(status: number, bytesIn: number, bytesOut: number): void {
    const replica = this.#replica;
    if (replica === undefined) return;
    this.#replica = undefined;
    const { counters } = this.#context;
    const { seat } = replica.route;
    const us = Math.trunc((performance.now() - this.#startedAt) * 1000);
    counters.attemptEnded(seat);
    counters.answered(seat, status, us);
    counters.bytes(seat, bytesIn, bytesOut);
  }

  /** It waited too long for its turn: there is more to do than the replicas can. */
  overdue(): void {
    this.abandoned();
    this.#context.counters.lost();
  }

  /** The client went away: nobody failed. */
  abandoned(): void {
    const replica = this.#replica;
    if (replica === undefined) return;
    this.#replica = undefined;
    this.#context.counters.attemptEnded(replica.route.seat);
  }
}
