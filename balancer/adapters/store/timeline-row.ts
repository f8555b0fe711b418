import { z } from 'zod';
import { fleetMoment, timelineChange } from '../../../lib/api/timeline.ts';

/** A stored line of the timeline. */
export const timelineEntry = z.union([
  timelineChange,
  z.object({ kind: z.literal('whole'), at: z.number(), moment: fleetMoment }),
]);
