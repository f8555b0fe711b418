import { createRoute, z } from '@hono/zod-openapi';
import { alertRule, alertRuleDraft, alertRulesPage } from '../../lib/api/alert-rules.ts';
import { alertsPage, alertsQuery, alertView, silence, silenceDraft } from '../../lib/api/alerts.ts';
import type { AlertBoard } from '../core/alerts/alert-board.ts';
import { actorOf } from './actor.ts';
import type { App } from './app.ts';
import { answerOf, documented, jsonAnswer, jsonBody, REFUSED } from './documented.ts';

const tags = ['alerts'];
const base = '/_ring/v1/alerts';
const params = z.object({ id: z.string() });

const list = createRoute({
  method: 'get',
  path: base,
  tags,
  summary: 'Alerts that fire or are about to, those that are over, and silences',
  request: { query: alertsQuery },
  responses: documented({ 200: jsonAnswer(alertsPage, 'Alerts'), '4XX': REFUSED }),
});

const acknowledge = createRoute({
  method: 'post',
  path: `${base}/{id}/acknowledge`,
  tags,
  summary: 'Say that somebody takes care of an alert that fires',
  request: { params },
  responses: documented({ 200: jsonAnswer(alertView, 'The alert'), '4XX': REFUSED }),
});

const unacknowledge = createRoute({
  method: 'delete',
  path: `${base}/{id}/acknowledge`,
  tags,
  summary: 'Take an acknowledgement back',
  request: { params },
  responses: documented({ 200: jsonAnswer(alertView, 'The alert'), '4XX': REFUSED }),
});

const listRules = createRoute({
  method: 'get',
  path: `${base}/rules`,
  tags,
  summary: 'Rules that say when an alert fires',
  responses: documented({ 200: jsonAnswer(alertRulesPage, 'Rules') }),
});

const addRule = createRoute({
  method: 'post',
  path: `${base}/rules`,
  tags,
  summary: 'Add a rule',
  request: jsonBody(alertRuleDraft),
  responses: documented({ 201: jsonAnswer(alertRule, 'The rule'), '4XX': REFUSED, 503: REFUSED }),
});

const changeRule = createRoute({
  method: 'put',
  path: `${base}/rules/{id}`,
  tags,
  summary: 'Replace a rule; what it says now ends when it watches something else',
  request: { params, ...jsonBody(alertRuleDraft) },
  responses: documented({ 200: jsonAnswer(alertRule, 'The rule'), '4XX': REFUSED, 503: REFUSED }),
});

const removeRule = createRoute({
  method: 'delete',
  path: `${base}/rules/{id}`,
  tags,
  summary: 'Remove a rule; its alerts end',
  request: { params },
  responses: documented({ 200: jsonAnswer(alertRule, 'The rule that was'), '4XX': REFUSED, 503: REFUSED }),
});

const addSilence = createRoute({
  method: 'post',
  path: `${base}/silences`,
  tags,
  summary: 'Tell nobody of alerts of a rule, a replica, or all, for a while',
  request: jsonBody(silenceDraft),
  responses: documented({ 201: jsonAnswer(silence, 'The silence'), '4XX': REFUSED, 503: REFUSED }),
});

const removeSilence = createRoute({
  method: 'delete',
  path: `${base}/silences/{id}`,
  tags,
  summary: 'End a silence; what still fires is told then',
  request: { params },
  responses: documented({ 200: jsonAnswer(silence, 'The silence that was'), '4XX': REFUSED, 503: REFUSED }),
});

/** `/_ring/v1/alerts`: what fires, the rules, acknowledgements and silences. */
export function addAlertRoutes(app: App, alerts: AlertBoard): void {
  app.openapi(list, (c) => Response.json(alerts.page(c.req.valid('query').limit)));
  app.openapi(acknowledge, (c) => answerOf(c, alerts.acknowledge(c.req.valid('param').id, true, actorOf(c))));
  app.openapi(unacknowledge, (c) => answerOf(c, alerts.acknowledge(c.req.valid('param').id, false, actorOf(c))));
  app.openapi(listRules, () => Response.json({ rules: alerts.rules() }));
  app.openapi(addRule, (c) => answerOf(c, alerts.addRule(c.req.valid('json'), actorOf(c)), 201));
  app.openapi(changeRule, (c) =>
    answerOf(c, alerts.changeRule(c.req.valid('param').id, c.req.valid('json'), actorOf(c))),
  );
  app.openapi(removeRule, (c) => answerOf(c, alerts.removeRule(c.req.valid('param').id, actorOf(c))));
  app.openapi(addSilence, (c) => answerOf(c, alerts.silence(c.req.valid('json'), actorOf(c)), 201));
  app.openapi(removeSilence, (c) => answerOf(c, alerts.unsilence(c.req.valid('param').id, actorOf(c))));
}
