import { historyPage, historyQuery, incidentsPage, incidentsQuery } from '../../lib/api/admin.ts';
import { samplesPage, samplesQuery } from '../../lib/api/samples.ts';
import { state } from '../../lib/api/state.ts';
import { timelinePage, timelineQuery } from '../../lib/api/timeline.ts';
import type { ControlPlane } from '../core/control-plane.ts';
import type { App } from './app.ts';
import { documentedRoute, jsonAnswer } from './documented.ts';

const tag = 'state';

const stateRoute = documentedRoute('get', '/_ring/v1/state', {
  tag,
  summary: 'Everything at once: ring, replicas, totals, latest incidents',
  answers: { 200: jsonAnswer(state, 'The state now') },
});

const historyRoute = documentedRoute('get', '/_ring/v1/history', {
  tag,
  summary: 'Events that were kept, over restarts too; oldest first',
  request: { query: historyQuery },
  answers: { 200: jsonAnswer(historyPage, 'Events') },
});

const incidentsRoute = documentedRoute('get', '/_ring/v1/incidents', {
  tag,
  summary: 'Failures with the time of each step, newest first',
  request: { query: incidentsQuery },
  answers: { 200: jsonAnswer(incidentsPage, 'Incidents') },
});

const samplesRoute = documentedRoute('get', '/_ring/v1/samples', {
  tag,
  summary:
    'Figures of the past, over restarts too: a second each for an hour, 10 s for a day, 1 min to 2 h for 30 days',
  request: { query: samplesQuery },
  answers: { 200: jsonAnswer(samplesPage, 'Samples, oldest first') },
});

const timelineRoute = documentedRoute('get', '/_ring/v1/timeline', {
  tag,
  summary: 'Ring and replicas as they were at a moment, and each change after it, over restarts too; 30 days are kept',
  request: { query: timelineQuery },
  answers: { 200: jsonAnswer(timelinePage, 'A moment, and the changes after it') },
});

/** What is and what was. `GET /_ring/v1/events`, the live stream, is served beside the router. */
export function addHistoryRoutes(app: App, control: ControlPlane): void {
  app.openapi(stateRoute, (c) => c.json(control.state(), 200));
  app.openapi(historyRoute, (c) => {
    const { events, more } = control.history(c.req.valid('query'));
    return c.json({ events: [...events], more }, 200);
  });
  app.openapi(samplesRoute, (c) => c.json(control.samples(c.req.valid('query')), 200));
  app.openapi(timelineRoute, (c) => c.json(control.timeline(c.req.valid('query')), 200));
  app.openapi(incidentsRoute, (c) => c.json({ incidents: [...control.incidents(c.req.valid('query'))] }, 200));
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/_ring/v1/events',
    tags: [tag],
    summary: 'Live events (text/event-stream); `Last-Event-ID` resumes',
    responses: {
      200: { description: 'text/event-stream: hello, event, replica, replica-gone, ring, incident, traffic, second' },
    },
  });
}
