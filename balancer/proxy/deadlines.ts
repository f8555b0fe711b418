/**
 * Deadlines for thousands of connections with one timer. Each lies in the bucket of the tick it is due at; moving one
 * further into the future is one assignment: it is found early, seen not to be due, and put into its new bucket.
 */
const TICK_MS = 50;
const BUCKETS = 512;
/**
 * What passes at once counts for no more: while the thread stood still it could hear nobody, and what was armed just
 * before would be over.
 */
const MAX_TICKS_AT_ONCE = 4;

/** Something that is due at some time, again and again; armed and disarmed often. */
export class Deadline {
  readonly onExpire: () => void;
  /** Tick it is due at; 0 when disarmed. */
  dueTick = 0;
  /** Tick whose bucket it lies in; 0 when in none. */
  bucketTick = 0;

  constructor(onExpire: () => void) {
    this.onExpire = onExpire;
  }
}

export class DeadlineWheel {
  #tick = 1;
  readonly #startedAt = performance.now();
  #stoodStillTicks = 0;
  readonly #buckets: Deadline[][] = Array.from({ length: BUCKETS }, () => []);
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => this.advance(performance.now() - this.#startedAt), TICK_MS);
  }

  /** A coarse monotonic clock, ms, which stops while the thread stands still. */
  get nowMs(): number {
    return this.#tick * TICK_MS;
  }

  /** Expires in `ms`, up to two ticks later; what was armed before is forgotten. 0 disarms: a limit that is off. */
  arm(deadline: Deadline, ms: number): void {
    if (ms === 0) {
      deadline.dueTick = 0;
      return;
    }
    const due = this.#tick + Math.ceil(ms / TICK_MS) + 1;
    deadline.dueTick = due;
    if (deadline.bucketTick === 0 || due < deadline.bucketTick) this.#place(deadline, due);
  }

  disarm(deadline: Deadline): void {
    deadline.dueTick = 0;
  }

  #place(deadline: Deadline, due: number): void {
    // Further away than one turn of the wheel: look again at the end of the turn.
    const tick = Math.min(due, this.#tick + BUCKETS - 1);
    deadline.bucketTick = tick;
    this.#buckets[tick % BUCKETS]?.push(deadline);
  }

  /** Expires all that is due `elapsedMs` after the start, without the time that the thread stood still. */
  advance(elapsedMs: number): void {
    const due = 1 + Math.floor(elapsedMs / TICK_MS) - this.#stoodStillTicks;
    const target = Math.min(due, this.#tick + MAX_TICKS_AT_ONCE);
    this.#stoodStillTicks += due - target;
    while (this.#tick < target) {
      this.#tick++;
      this.#turn(this.#tick);
    }
  }

  #turn(tick: number): void {
    const index = tick % BUCKETS;
    const bucket = this.#buckets[index];
    if (bucket === undefined || bucket.length === 0) return;
    this.#buckets[index] = [];
    for (const deadline of bucket) {
      // It was moved to an earlier bucket meanwhile: that one counts.
      if (deadline.bucketTick !== tick) continue;
      deadline.bucketTick = 0;
      if (deadline.dueTick > tick) this.#place(deadline, deadline.dueTick);
      else if (deadline.dueTick !== 0) {
        deadline.dueTick = 0;
        deadline.onExpire();
      }
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
