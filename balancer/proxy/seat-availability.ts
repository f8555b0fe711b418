import type { Availability } from '../core/board.ts';
import type { RoutingSnapshot, SeatRoute } from '../core/snapshot.ts';

function sameTarget(a: SeatRoute | undefined, b: SeatRoute): boolean {
  return a?.instanceId === b.instanceId && a.host === b.host && a.port === b.port;
}

/**
 * The main thread's hand on the shared availability. A seat that got another instance opens only for workers that
 * have the snapshot naming it; closing a seat holds at once, everywhere.
 */
export class SeatAvailability {
  readonly #cells: Availability;
  #routes = new Map<number, SeatRoute>();
  /** The snapshot that first named the seat's present instance. */
  #since = new Map<number, number>();

  constructor(cells: Availability) {
    this.#cells = cells;
  }

  publish(snapshot: RoutingSnapshot): void {
    const routes = new Map(snapshot.seats.map((route) => [route.seat, route]));
    const since = new Map<number, number>();
    for (const [seat, route] of routes) {
      const known = this.#since.get(seat);
      const version = known !== undefined && sameTarget(this.#routes.get(seat), route) ? known : snapshot.version;
      since.set(seat, version);
      this.#cells.set(seat, route.available, version);
    }
    for (const seat of this.#routes.keys()) if (!routes.has(seat)) this.#cells.set(seat, false, snapshot.version);
    this.#routes = routes;
    this.#since = since;
  }

  set(seat: number, available: boolean): void {
    const version = this.#since.get(seat);
    if (version !== undefined) this.#cells.set(seat, available, version);
  }
}
