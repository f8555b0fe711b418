import type { Feed } from './event-feed.ts';
import type { Seat } from './seat.ts';
import { type ViewParts, viewReplica, viewRing } from './views.ts';

/** Tells the stream's listeners what changed about replicas and ring, and nothing twice. */
export class ViewFeed {
  readonly #feed: Feed;
  readonly #parts: ViewParts;
  readonly #shown = new Map<number, string>();
  #ringShown = '';

  constructor(feed: Feed, parts: ViewParts) {
    this.#feed = feed;
    this.#parts = parts;
  }

  changed(seats: ReadonlySet<number>): void {
    for (const seat of this.#parts.fleet.seats()) if (seats.has(seat.seat)) this.#replica(seat);
    this.#ring();
  }

  gone(seat: Seat): void {
    this.#shown.delete(seat.seat);
    this.#feed.publish({ type: 'replica-gone', data: { name: seat.name, seat: seat.seat } });
  }

  #replica(seat: Seat): void {
    const data = viewReplica(seat, this.#parts);
    const { traffic: _, resources: __, ...lasting } = data;
    const key = JSON.stringify(lasting);
    if (this.#shown.get(seat.seat) === key) return;
    this.#shown.set(seat.seat, key);
    this.#feed.publish({ type: 'replica', data });
  }

  #ring(): void {
    const { fleet } = this.#parts;
    const key = `${fleet.ring.epoch} ${fleet.serving().join()}`;
    if (key === this.#ringShown) return;
    this.#ringShown = key;
    this.#feed.publish({ type: 'ring', data: viewRing(fleet) });
  }
}
