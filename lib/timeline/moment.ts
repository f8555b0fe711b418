import type { FleetMoment, TimelineChange } from '../api/timeline.ts';

/** The fleet after one more change; null while no balancer runs. What did not change stays the same object. */
export function momentAfter(moment: FleetMoment | null, change: TimelineChange): FleetMoment | null {
  if (change.kind === 'boot') return { bootId: change.bootId, ring: change.ring, seats: [] };
  if (change.kind === 'end' || moment === null) return null;
  switch (change.kind) {
    case 'ring':
      return { ...moment, ring: change.ring };
    case 'seat':
      return { ...moment, seats: withSeat(moment.seats, change.seat) };
    case 'seat-gone':
      return { ...moment, seats: moment.seats.filter(({ seat }) => seat !== change.seat) };
  }
}

function withSeat(seats: FleetMoment['seats'], changed: FleetMoment['seats'][number]): FleetMoment['seats'] {
  const known = seats.some(({ seat }) => seat === changed.seat);
  return known ? seats.map((other) => (other.seat === changed.seat ? changed : other)) : [...seats, changed];
}

/** The fleet at a moment (wall time, ms), from an earlier one and the changes after that, oldest first. */
export function momentAt(base: FleetMoment | null, changes: readonly TimelineChange[], at: number): FleetMoment | null {
  let moment = base;
  for (const change of changes) {
    if (change.at > at) break;
    moment = momentAfter(moment, change);
  }
  return moment;
}
