import type { ReplicaStatus } from '../../lib/api/state.ts';
import type { Instance } from '../core/ports.ts';
import { type Conditions, instanceOf, isAvailable, type SeatState, statusOf } from '../core/seat-state.ts';
import type { SeatParts } from './seat-parts.ts';

export type LiveState = SeatState & { readonly kind: 'live' };

/** A seat's state, and what has to follow from each change of it: routes, events, the stopwatch. */
export class SeatRecord {
  readonly name: string;
  readonly seat: number;
  readonly #parts: SeatParts;
  #state: SeatState = { kind: 'starting', replaces: null };
  #status: ReplicaStatus = 'starting';
  #since: number;

  constructor(parts: SeatParts, member: { readonly name: string; readonly seat: number }) {
    this.#parts = parts;
    this.name = member.name;
    this.seat = member.seat;
    this.#since = parts.clock.wallTime();
  }

  get state(): SeatState {
    return this.#state;
  }

  get live(): LiveState | null {
    return this.#state.kind === 'live' ? this.#state : null;
  }

  get instance(): Instance | null {
    return instanceOf(this.#state);
  }

  /** Wall time of the last change of status, ms. */
  get since(): number {
    return this.#since;
  }

  /** A seat that leaves never comes back. */
  set(state: SeatState): void {
    if (this.#state.kind === 'leaving') return;
    const before = isAvailable(this.#state);
    this.#state = state;
    const after = isAvailable(state);
    // First of all: every millisecond sends requests to a replica that cannot serve them.
    if (before && !after) this.#parts.host.cut(this.seat);
    this.#tell(before, after);
  }

  change(state: LiveState, conditions: Partial<Conditions>): void {
    this.set({ ...state, conditions: { ...state.conditions, ...conditions } });
  }

  /** False when another instance sits here by now. */
  changeIfSame(instance: Instance, conditions: Partial<Conditions>): boolean {
    const state = this.live;
    if (state === null || state.instance.id !== instance.id) return false;
    this.change(state, conditions);
    return true;
  }

  #tell(before: boolean, after: boolean): void {
    const { host, journal, clock } = this.#parts;
    const { status, reason } = statusOf(this.#state);
    const degraded = status === 'degraded' && this.#status === 'serving';
    if (status !== this.#status) this.#since = clock.wallTime();
    this.#status = status;
    if (degraded) journal.write({ kind: 'degraded', severity: 'warning', message: reason ?? status, replica: this });
    if (before && !after) {
      const message = `out of rotation: ${reason ?? status}`;
      journal.write({ kind: 'out-of-rotation', severity: 'warning', message, replica: this, step: 'outOfRotationMs' });
    }
    host.changed(this.seat);
    if (!before && after) {
      journal.write({ kind: 'serving', severity: 'good', message: 'serving', replica: this, step: 'servingMs' });
    }
  }
}
