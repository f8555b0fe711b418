import type { Placement } from '../../lib/ring/types.ts';
import type { Store } from '../core/store.ts';
import type { TrafficPlane } from '../core/traffic.ts';
import type { Seat } from './seat.ts';
import type { SeatParts } from './seat-parts.ts';

/** What a fleet is given. */
export interface FleetParts extends Omit<SeatParts, 'host'> {
  readonly plane: TrafficPlane;
  readonly store: Store;
  readonly placement: Placement;
  readonly seed: number;
  /** Something about these seats changed; told at most once a turn of the event loop. */
  readonly onChange: (seats: ReadonlySet<number>) => void;
  /** A seat has no replica any more. */
  readonly onGone: (seat: Seat) => void;
}
