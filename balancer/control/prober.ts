import { type Health, type HealthPolicy, isSilence, probeDelayMs } from '../core/health.ts';
import type { Address, Clock, HealthProbe, ProbeResult } from '../core/ports.ts';

export interface ProberParts {
  readonly clock: Clock;
  readonly probe: HealthProbe;
  readonly policy: HealthPolicy;
}

export interface Observation {
  readonly result: ProbeResult;
  /** Monotonic, ms. */
  readonly startedAt: number;
  readonly silent: boolean;
  /** Probes that were begun after this one and are still without an answer. */
  readonly unansweredSince: number;
}

/** More than this many probes under way at once tell nothing new. */
const MAX_UNANSWERED = 8;
/** Signs of trouble come in swarms (each worker, each socket); they are worth one probe in this time. */
const CONFIRM_GAP_MS = 20;

/**
 * Probes one instance until aborted. Probes overlap: the next one starts on time even when the one before is still
 * without an answer, so silence is noticed after one timeout, not after several.
 */
export class Prober {
  readonly #parts: ProberParts;
  readonly #address: Address;
  readonly #health: () => Health;
  readonly #observe: (observation: Observation) => void;
  readonly #unanswered = new Set<number>();
  #probes = 0;
  #stopped = false;
  #wake: () => void = () => undefined;

  constructor(parts: ProberParts, address: Address, health: () => Health, observe: (observation: Observation) => void) {
    this.#parts = parts;
    this.#address = address;
    this.#health = health;
    this.#observe = observe;
  }

  async run(signal: AbortSignal): Promise<void> {
    const stop = (): void => {
      this.#stopped = true;
      this.#wake();
    };
    signal.addEventListener('abort', stop, { once: true });
    while (!signal.aborted) {
      const startedAt = this.#parts.clock.now();
      const answered = this.#unanswered.size < MAX_UNANSWERED ? this.#ask(startedAt, signal) : Promise.resolve();
      await this.#pause(answered, startedAt);
    }
  }

  /** Asks at once, ahead of the timer: somebody saw signs of trouble. */
  confirm(): void {
    this.#wake();
  }

  async #ask(startedAt: number, signal: AbortSignal): Promise<void> {
    const { probe, policy } = this.#parts;
    const number = this.#probes++;
    this.#unanswered.add(number);
    const result = await probe.probe(this.#address, policy.timeoutMs, signal).catch(() => null);
    this.#unanswered.delete(number);
    if (result === null || signal.aborted) return;
    const unansweredSince = [...this.#unanswered].filter((other) => other > number).length;
    this.#observe({ result, startedAt, silent: isSilence(result, policy), unansweredSince });
  }

  /** Until the answer is in and its delay over, or an interval has passed without one, or somebody wakes it. */
  async #pause(answered: Promise<void>, startedAt: number): Promise<void> {
    const { clock, policy } = this.#parts;
    const nap = new AbortController();
    const sleep = (ms: number): Promise<void> => clock.sleep(ms, nap.signal).catch(() => undefined);
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    const answeredInTime = answered.then(() => (nap.signal.aborted ? undefined : sleep(this.#delayMs(startedAt))));
    const soon = woken.then(() => (this.#stopped ? undefined : sleep(startedAt + CONFIRM_GAP_MS - clock.now())));
    await Promise.race([answeredInTime, sleep(policy.intervalMs), soon]);
    nap.abort();
  }

  #delayMs(startedAt: number): number {
    const health = this.#health();
    const delay = probeDelayMs(health, this.#probes, this.#parts.policy);
    return health.standing === 'good' ? Math.max(0, startedAt + delay - this.#parts.clock.now()) : delay;
  }
}
