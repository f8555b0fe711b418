import { type Log, messageOf } from '../core/log.ts';
import type { Clock, Instance, Runtime, RuntimeEvent } from '../core/ports.ts';
import { withDeadline } from './deadline.ts';
import type { Journal } from './journal.ts';
import type { Seat } from './seat.ts';

export interface RuntimeLinkParts {
  readonly runtime: Runtime;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly log: Log;
  readonly seats: () => readonly Seat[];
}

const LIST_LIMIT_MS = 15_000;
const EXITS_REMEMBERED = 256;

/** What is known of the runtime: whether it answers, what it runs, and what of that nobody owns. */
export class RuntimeLink {
  readonly #parts: RuntimeLinkParts;
  readonly #waiters = new Set<() => void>();
  readonly #lossWaiters = new Set<() => void>();
  readonly #discarding = new Set<string>();
  readonly #exits = new Map<string, string>();
  #reachable = true;

  constructor(parts: RuntimeLinkParts) {
    this.#parts = parts;
  }

  get reachable(): boolean {
    return this.#reachable;
  }

  list(signal: AbortSignal): Promise<readonly Instance[]> {
    const { clock, runtime } = this.#parts;
    return withDeadline(clock, { ms: LIST_LIMIT_MS, what: 'listing the replicas' }, signal, (s) => runtime.list(s));
  }

  onEvent(event: RuntimeEvent): void {
    switch (event.kind) {
      case 'lost':
        this.#lost(event.reason);
        break;
      case 'back':
        this.#back();
        break;
      default:
        if (event.kind === 'exited') this.#remember(event.id, event.reason);
        for (const seat of this.#parts.seats()) seat.onRuntimeEvent(event);
    }
  }

  /** Why an instance ended, as far as an event told of it lately. */
  exitReason(id: string): string | null {
    return this.#exits.get(id) ?? null;
  }

  /** Compares what should run with what does: finds ends that no event told of, and instances that nobody owns. */
  async reconcile(signal: AbortSignal): Promise<void> {
    if (!this.#parts.runtime.abilities.lifecycle || !this.#reachable) return;
    const before = this.#parts.seats().flatMap((seat) => seat.ids.map((id) => ({ seat, id })));
    const listed = await this.list(signal);
    const alive = new Set(listed.filter(({ state }) => state !== 'exited').map(({ id }) => id));
    for (const { seat, id } of before) {
      if (!alive.has(id)) seat.onRuntimeEvent({ kind: 'exited', id, name: seat.name, reason: 'gone without notice' });
    }
    const owned = new Set(before.map(({ id }) => id));
    for (const instance of listed) if (this.#isLeftOver(instance, owned)) this.discard(instance);
  }

  /** Removes an instance of this fleet that sits in no seat. */
  discard(instance: Instance): void {
    const { runtime, log } = this.#parts;
    if (this.#discarding.has(instance.id)) return;
    this.#discarding.add(instance.id);
    log.info({ replica: instance.name, id: instance.id }, 'removing an instance that nobody owns');
    runtime
      .remove(instance.id, new AbortController().signal)
      .catch((error) => log.warn({ id: instance.id, error: messageOf(error) }, 'could not be removed'))
      .finally(() => this.#discarding.delete(instance.id));
  }

  /** Resolves when the runtime is back, at the latest after `ms`. */
  async whenBack(ms: number, signal: AbortSignal): Promise<void> {
    const nap = new AbortController();
    const stop = (): void => nap.abort();
    signal.addEventListener('abort', stop, { once: true });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiters.add(resolve);
    await Promise.race([promise, this.#parts.clock.sleep(ms, nap.signal).catch(() => undefined)]);
    this.#waiters.delete(resolve);
    nap.abort();
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
  }

  /** Two in one seat: the one that its seat does not know, and did not know before either, is left over. */
  #isLeftOver(instance: Instance, owned: ReadonlySet<string>): boolean {
    const seat = this.#parts.seats().find(({ name }) => name === instance.name);
    if (seat === undefined) return !owned.has(instance.id);
    if (instance.standby) return !seat.ids.includes(instance.id) && !seat.standby.owns(instance.id);
    const sitting = seat.state.kind === 'live' ? seat.state.instance.id : null;
    return sitting !== null && sitting !== instance.id && owned.has(sitting);
  }

  #remember(id: string, reason: string): void {
    this.#exits.set(id, reason);
    const [oldest] = this.#exits.keys();
    if (this.#exits.size > EXITS_REMEMBERED && oldest !== undefined) this.#exits.delete(oldest);
  }

  /** Resolves when the runtime stops answering; never, once aborted. */
  whenLost(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#lossWaiters.add(resolve);
    signal.addEventListener('abort', () => this.#lossWaiters.delete(resolve), { once: true });
    return promise;
  }

  #lost(reason: string): void {
    if (!this.#reachable) return;
    this.#reachable = false;
    for (const tell of this.#lossWaiters) tell();
    this.#parts.journal.write({ kind: 'runtime-lost', severity: 'critical', message: reason });
  }

  #back(): void {
    const { journal, log } = this.#parts;
    if (!this.#reachable) {
      journal.write({ kind: 'runtime-back', severity: 'good', message: 'the runtime answers again' });
    }
    this.#reachable = true;
    for (const wake of this.#waiters) wake();
    const signal = new AbortController().signal;
    this.reconcile(signal).catch((error) => log.warn({ error: messageOf(error) }, 'reconciling failed'));
  }
}
