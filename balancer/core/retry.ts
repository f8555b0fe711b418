/** Which requests may be sent again, and how many of them in all. Pure: `now` is handed in. */

/** RFC 9110, 9.2.2: doing them twice does what doing them once does. */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE']);

/** How far an attempt had come when it failed. */
export interface FailedAttempt {
  /** No byte of the request was sent: the connection could not be made. */
  readonly unsent: boolean;
  /** The body can be sent again from its start: there is none, it was not begun, or it is whole in memory. */
  readonly bodyIntact: boolean;
  /** Something of the answer has reached the client. */
  readonly answerBegun: boolean;
}

/** Is another attempt safe, whatever the budget says? POST and PATCH only when the replica cannot have seen them. */
export function isSafeToRetry(method: string, attempt: FailedAttempt): boolean {
  if (attempt.answerBegun || !attempt.bodyIntact) return false;
  return attempt.unsent || IDEMPOTENT.has(method);
}

/** Half of the time the budget looks back. */
const WINDOW_MS = 5000;
/** Retries that are always allowed in a window, so that a quiet balancer can lose a replica without losing requests. */
const RESERVE = 128;

/**
 * Keeps retries from multiplying the load of an outage: they may be at most `ratio` of the requests of the last
 * 5–10 s plus a constant. Attempts that could not connect are not charged: they put no load on anybody.
 */
export class RetryBudget {
  readonly #ratio: number;
  #windowStart = 0;
  #requests = 0;
  #requestsBefore = 0;
  #retries = 0;
  #retriesBefore = 0;

  constructor(ratio: number) {
    this.#ratio = ratio;
  }

  /** `nowMs` is monotonic, here and below. */
  requestSeen(nowMs: number): void {
    this.#turn(nowMs);
    this.#requests++;
  }

  /** Takes one retry from the budget; false when it is used up. */
  take(nowMs: number): boolean {
    this.#turn(nowMs);
    const allowed = RESERVE + this.#ratio * (this.#requests + this.#requestsBefore);
    if (this.#retries + this.#retriesBefore >= allowed) return false;
    this.#retries++;
    return true;
  }

  #turn(nowMs: number): void {
    const elapsed = nowMs - this.#windowStart;
    if (elapsed < WINDOW_MS) return;
    const stale = elapsed >= 2 * WINDOW_MS;
    this.#requestsBefore = stale ? 0 : this.#requests;
    this.#retriesBefore = stale ? 0 : this.#retries;
    this.#requests = 0;
    this.#retries = 0;
    this.#windowStart = nowMs;
  }
}
