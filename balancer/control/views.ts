import type { ReplicaView, ResourceView, RingView } from '../../lib/api/state.ts';
import { isAvailable, statusOf } from '../core/seat-state.ts';
import type { Fleet } from './fleet.ts';
import type { Seat } from './seat.ts';
import type { TrafficMeter } from './traffic-meter.ts';

export interface ViewParts {
  readonly fleet: Fleet;
  readonly meter: TrafficMeter;
  readonly resources: (seat: number) => ResourceView | null;
}

/** A seat as the API shows it. */
export function viewReplica(seat: Seat, parts: ViewParts): ReplicaView {
  const { status, reason } = statusOf(seat.state);
  const { instance } = seat;
  return {
    name: seat.name,
    seat: seat.seat,
    status,
    reason,
    since: seat.since,
    available: isAvailable(seat.state),
    slots: parts.fleet.ring.owner.filter((owner) => owner === seat.seat).length,
    restarts: seat.restarts,
    standby: seat.standby.state,
    instance:
      instance === null
        ? null
        : {
            id: instance.id,
            address: { host: instance.address.host, port: instance.address.port },
            origin: instance.origin,
            pid: instance.pid,
            startedAt: instance.startedAt,
          },
    traffic: parts.meter.of(seat.seat),
    resources: parts.resources(seat.seat),
  };
}

export function viewRing(fleet: Fleet): RingView {
  const { epoch, placement, seed, members, owner, virtualNodes } = fleet.ring;
  return {
    epoch,
    placement,
    seed,
    members: [...members],
    owner: [...owner],
    virtualNodes: [...virtualNodes],
    serving: [...fleet.serving()],
  };
}
