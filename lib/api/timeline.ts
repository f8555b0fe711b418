import { z } from 'zod';
import { replicaView, ringView } from './state.ts';

/** A replica without its figures: what the ring's timeline keeps of it. */
export const seatMoment = replicaView.omit({ traffic: true, resources: true });
export type SeatMoment = z.infer<typeof seatMoment>;

/** A ring without who serves each slot: that follows from the ring and from who is available. */
export const ringMoment = ringView.omit({ serving: true });
export type RingMoment = z.infer<typeof ringMoment>;

/** Ring and replicas as they were at a moment. */
export const fleetMoment = z.object({
  /** Of the balancer that ran then. */
  bootId: z.string(),
  ring: ringMoment,
  /** In the order they were added. */
  seats: z.array(seatMoment),
});
export type FleetMoment = z.infer<typeof fleetMoment>;

const at = z.number();

/** One step of the ring's timeline; `at` is wall time, ms, and never falls from one to the next. */
export const timelineChange = z.discriminatedUnion('kind', [
  /** A balancer started, with this ring and without replicas. */
  z.object({ kind: z.literal('boot'), at, bootId: z.string(), ring: ringMoment }),
  /** Membership changed. */
  z.object({ kind: z.literal('ring'), at, ring: ringMoment }),
  /** A replica was added, or its state changed. */
  z.object({ kind: z.literal('seat'), at, seat: seatMoment }),
  z.object({ kind: z.literal('seat-gone'), at, seat: z.int() }),
  /** The balancer stopped as it was asked to; one that is killed leaves none. */
  z.object({ kind: z.literal('end'), at }),
]);
export type TimelineChange = z.infer<typeof timelineChange>;

/** `GET /_ring/v1/timeline?from=MS&to=MS`: wall times, ms. Without `to`: only as it was at `from`. */
export const timelineQuery = z
  .object({ from: z.coerce.number().int().min(0), to: z.coerce.number().int().min(0).optional() })
  .refine(({ from, to }) => to === undefined || from <= to, 'from has to be before to');
export type TimelineQuery = z.infer<typeof timelineQuery>;

export const timelinePage = z.object({
  /** As it was at `from`; null when no balancer ran, or it is too long ago. */
  base: fleetMoment.nullable(),
  /** After `from`, up to `until`; oldest first. */
  changes: z.array(timelineChange),
  /** Up to where this page is complete: `to`, or earlier where there is too much for one answer. */
  until: z.number(),
});
export type TimelinePage = z.infer<typeof timelinePage>;
