import { z } from '@hono/zod-openapi';
import { accepted } from '../../../lib/api/errors.ts';
import { schedule, scheduleRequest, schedulesPage } from '../../../lib/lab/schedule.ts';
import type { Schedules } from '../../core/lab.ts';
import type { App } from '../app.ts';
import { answerOf, documentedRoute, jsonAnswer, jsonBody } from '../documented.ts';

const tag = 'experiments';
const params = z.object({ id: z.string() });

const list = documentedRoute('get', '/_ring/v1/schedules', {
  tag,
  summary: 'What is run every so often',
  answers: { 200: jsonAnswer(schedulesPage, 'Schedules, oldest first') },
});

const add = documentedRoute('post', '/_ring/v1/schedules', {
  tag,
  summary: 'Run an experiment, the kill demo or a load every so often; it goes on after a restart',
  request: jsonBody(scheduleRequest),
  answers: { 201: jsonAnswer(schedule, 'It will run, for the first time after that time') },
});

const remove = documentedRoute('delete', '/_ring/v1/schedules/{id}', {
  tag,
  summary: 'Run it no more; a run of it that goes on is not cancelled',
  request: { params },
  answers: { 200: jsonAnswer(params, 'Removed') },
});

/** `/_ring/v1/schedules`. */
export function addScheduleRoutes(app: App, schedules: Schedules): void {
  app.openapi(list, () => Response.json({ schedules: schedules.list() }));
  app.openapi(add, async (c) => answerOf(c, await schedules.add(c.req.valid('json')), 201));
  app.openapi(remove, async (c) => {
    const { id } = c.req.valid('param');
    const removed = await schedules.remove(id);
    return answerOf(c, removed.ok ? accepted({ id }) : removed);
  });
}
