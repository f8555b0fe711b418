import { z } from 'zod';
import { experimentRequest } from './experiment.ts';

const SECOND_MS = 1000;
const WEEK_MS = 7 * 86_400 * SECOND_MS;

/** `POST /_ring/v1/schedules`: run this every so often. */
export const scheduleRequest = z.object({
  request: experimentRequest,
  everyMs: z.int().min(SECOND_MS).max(WEEK_MS),
  /** Ends after so many runs; null: when it is removed. */
  times: z.int().min(1).max(100_000).nullable().default(null),
});
export type ScheduleRequest = z.infer<typeof scheduleRequest>;

/** Something that is run every so often. It outlives the balancer's process. */
export const schedule = scheduleRequest.extend({
  id: z.string().regex(/^[0-9a-f]{8}$/),
  createdAt: z.number(),
  /** Wall time, ms. When something else runs by then, it starts as soon as that is over. */
  nextAt: z.number(),
  runs: z.int(),
  /** Runs that were done and whose claim held, where they claim something. */
  passed: z.int(),
  lastRun: z.string().nullable(),
});
export type Schedule = z.infer<typeof schedule>;

export const schedulesPage = z.object({ schedules: z.array(schedule) });

/** The first of its moments after `now`: those that were missed are not made up for. */
export function nextMoment({ nextAt, everyMs }: Pick<Schedule, 'nextAt' | 'everyMs'>, now: number): number {
  return nextAt > now ? nextAt : nextAt + (Math.floor((now - nextAt) / everyMs) + 1) * everyMs;
}
