import { type RingTable, ringTable, servingSeats } from '../../lib/ring/table.ts';
import type { Ring } from '../../lib/ring/types.ts';
import { isAvailable } from '../core/seat-state.ts';
import type { RoutingSnapshot, SeatRoute } from '../core/snapshot.ts';
import type { TrafficPlane } from '../core/traffic.ts';
import type { Seat } from './seat.ts';

function routeOf(seat: Seat): SeatRoute | null {
  const { instance } = seat;
  if (instance === null) return null;
  const { host, port } = instance.address;
  const available = isAvailable(seat.state);
  return { seat: seat.seat, name: seat.name, instanceId: instance.id, host, port, available };
}

/** Builds snapshots and hands them to the traffic plane. */
export class Routing {
  readonly #plane: TrafficPlane;
  #table: { readonly ring: Ring; readonly table: RingTable } | null = null;
  #version = 0;

  constructor(plane: TrafficPlane) {
    this.#plane = plane;
  }

  table(ring: Ring): RingTable {
    // A ring never changes, so its table is worth keeping: it costs more than all the rest of a snapshot.
    if (this.#table?.ring !== ring) this.#table = { ring, table: ringTable(ring) };
    return this.#table.table;
  }

  publish(ring: Ring, seats: Iterable<Seat>): void {
    const { candidates, depth } = this.table(ring);
    const routes = [...seats].map(routeOf).filter((route) => route !== null);
    const snapshot: RoutingSnapshot = { version: ++this.#version, candidates, depth, seats: routes };
    this.#plane.publish(snapshot);
  }

  serving(ring: Ring, isUp: (seat: number) => boolean): Uint8Array {
    return servingSeats(this.table(ring), isUp);
  }
}
