import type { ReplicaView, RingView } from '../../lib/api/state.ts';
import type { FleetMoment, TimelineChange } from '../../lib/api/timeline.ts';
import { momentAfter } from '../../lib/timeline/moment.ts';
import type { Store, TimelineEntry } from '../core/store.ts';

/** After so many changes everything is written down once, so that no reader goes further back than that. */
const WHOLE_EVERY = 200;

export interface TimelineParts {
  readonly store: Store;
  readonly bootId: string;
  /** Wall time, ms. */
  readonly wallTime: () => number;
}

/** Writes down each change of the ring and of a replica's state, for looking at the past. */
export class TimelineRecorder {
  readonly #parts: TimelineParts;
  #moment: FleetMoment | null = null;
  #since = 0;
  #latestAt = 0;

  constructor(parts: TimelineParts) {
    this.#parts = parts;
  }

  begin(ring: RingView): void {
    this.#record({ kind: 'boot', at: this.#now(), bootId: this.#parts.bootId, ring: withoutServing(ring) });
  }

  /** Writes a line only where membership differs: who serves follows from the replicas. */
  ring(ring: RingView): void {
    if (this.#moment === null || this.#moment.ring.epoch === ring.epoch) return;
    this.#record({ kind: 'ring', at: this.#now(), ring: withoutServing(ring) });
  }

  seat({ traffic: _, resources: __, ...seat }: ReplicaView): void {
    const before = this.#moment?.seats.find((other) => other.seat === seat.seat);
    // A change is told some milliseconds after it was made. Its event has the time of the change, and so has this.
    const isNewStatus = before !== undefined && before.since !== seat.since;
    this.#record({ kind: 'seat', at: isNewStatus ? this.#inOrder(seat.since) : this.#now(), seat });
  }

  gone(seat: number): void {
    this.#record({ kind: 'seat-gone', at: this.#now(), seat });
  }

  end(): void {
    this.#record({ kind: 'end', at: this.#now() });
  }

  #record(change: TimelineChange): void {
    this.#append(change);
    this.#moment = momentAfter(this.#moment, change);
    if (++this.#since < WHOLE_EVERY || this.#moment === null) return;
    this.#since = 0;
    this.#append({ kind: 'whole', at: change.at, moment: this.#moment });
  }

  #append(entry: TimelineEntry): void {
    this.#parts.store.appendTimeline(entry);
  }

  #now(): number {
    return this.#inOrder(this.#parts.wallTime());
  }

  /** A clock that was set back must not turn the order of things around. */
  #inOrder(at: number): number {
    this.#latestAt = Math.max(this.#latestAt, at);
    return this.#latestAt;
  }
}

function withoutServing({ serving: _, ...ring }: RingView): FleetMoment['ring'] {
  return ring;
}
