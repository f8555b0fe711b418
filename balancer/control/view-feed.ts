import type { Feed } from './event-feed.ts';
import type { Seat } from './seat.ts';
import type { TimelineRecorder } from './timeline-recorder.ts';
import { type ViewParts, viewReplica, viewRing } from './views.ts';

/** Tells the stream's listeners and the timeline what changed about replicas and ring, and nothing twice. */
export class ViewFeed {
  readonly #feed: Feed;
  readonly #parts: ViewParts;
  readonly #timeline: TimelineRecorder;
  readonly #shown = new Map<number, string>();
  #ringShown = '';

  constructor(feed: Feed, timeline: TimelineRecorder, parts: ViewParts) {
    this.#feed = feed;
    this.#timeline = timeline;
    this.#parts = parts;
  }

  changed(seats: ReadonlySet<number>): void {
    for (const seat of this.#parts.fleet.seats()) if (seats.has(seat.seat)) this.#replica(seat);
    this.#ring();
  }

  gone(seat: Seat): void {
    this.#shown.delete(seat.seat);
    this.#timeline.gone(seat.seat);
    this.#feed.publish({ type: 'replica-gone', data: { name: seat.name, seat: seat.seat } });
  }

  #replica(seat: Seat): void {
    const data = viewReplica(seat, this.#parts);
    const { traffic: _, resources: __, ...lasting } = data;
    const key = JSON.stringify(lasting);
    if (this.#shown.get(seat.seat) === key) return;
    this.#shown.set(seat.seat, key);
    this.#timeline.seat(data);
    this.#feed.publish({ type: 'replica', data });
  }

  #ring(): void {
    const { fleet } = this.#parts;
    const key = `${fleet.ring.epoch} ${fleet.serving().join()}`;
    if (key === this.#ringShown) return;
    this.#ringShown = key;
    const data = viewRing(fleet);
    this.#timeline.ring(data);
    this.#feed.publish({ type: 'ring', data });
  }
}
