import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { accepted } from '../../../lib/api/errors.ts';
import { schedule, scheduleRequest, schedulesPage } from '../../../lib/lab/schedule.ts';
import type { Deed } from '../../core/control-plane.ts';
import type { Schedules } from '../../core/lab.ts';
import { actorOf } from '../actor.ts';
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
export function addScheduleRoutes(app: App, schedules: Schedules, note: (deed: Deed) => void): void {
  const changed = (c: Context, message: string): void => note({ kind: 'schedule-changed', message, actor: actorOf(c) });
  app.openapi(list, () => Response.json({ schedules: schedules.list() }));
  app.openapi(add, async (c) => {
    const added = await schedules.add(c.req.valid('json'));
    if (added.ok) changed(c, `schedule ${added.value.id} added`);
    return answerOf(c, added, 201);
  });
  app.openapi(remove, async (c) => {
    const { id } = c.req.valid('param');
    const removed = await schedules.remove(id);
    if (removed.ok) changed(c, `schedule ${id} removed`);
    return answerOf(c, removed.ok ? accepted({ id }) : removed);
  });
}
