import type { FleetSignals } from '../../core/alerts/signals.ts';
import { statusOf } from '../../core/seat-state.ts';
import type { Fleet } from '../fleet.ts';
import type { Journal } from '../journal.ts';
import type { TrafficMeter } from '../traffic-meter.ts';

interface Sources {
  readonly fleet: Fleet;
  readonly meter: TrafficMeter;
  readonly journal: Journal;
}

/** What rules are measured by, as it is now. */
export function readSignals({ fleet, meter, journal }: Sources): FleetSignals {
  const { requests, errors, lost, p99Ms } = meter.fleet;
  return {
    isSettled: fleet.settled,
    desired: fleet.ring.members.length,
    serving: fleet.servingNames().length,
    isRuntimeReachable: fleet.runtimeReachable,
    totals: { requests, errors, lost },
    p99Ms,
    replicas: fleet.seats().map(({ name, seat, state }) => {
      const traffic = meter.of(seat);
      const totals = { requests: traffic.requests, errors: traffic.errors, lost: 0 };
      return { name, seat, ...statusOf(state), totals, p99Ms: traffic.p99Ms, recoveryMs: journal.recoveryMs(seat) };
    }),
  };
}
