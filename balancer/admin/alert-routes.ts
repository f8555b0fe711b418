import { z } from '@hono/zod-openapi';
import { alertRule, alertRuleDraft, alertRulesPage } from '../../lib/api/alert-rules.ts';
import { alertsPage, alertsQuery, alertView, silence, silenceDraft } from '../../lib/api/alerts.ts';
import type { AlertBoard } from '../core/alerts/alert-board.ts';
import { actorOf } from './actor.ts';
import type { App } from './app.ts';
import { answerOf, documentedRoute, jsonAnswer, jsonBody, REFUSED } from './documented.ts';

const tag = 'alerts';
const base = '/_ring/v1/alerts';
const params = z.object({ id: z.string() });

const list = documentedRoute('get', base, {
  tag,
  summary: 'Alerts that fire or are about to, those that are over, and silences',
  request: { query: alertsQuery },
  answers: { 200: jsonAnswer(alertsPage, 'Alerts') },
});

const acknowledge = documentedRoute('post', `${base}/{id}/acknowledge`, {
  tag,
  summary: 'Say that somebody takes care of an alert that fires',
  request: { params },
  answers: { 200: jsonAnswer(alertView, 'The alert') },
});

const unacknowledge = documentedRoute('delete', `${base}/{id}/acknowledge`, {
  tag,
  summary: 'Take an acknowledgement back',
  request: { params },
  answers: { 200: jsonAnswer(alertView, 'The alert') },
});

const listRules = documentedRoute('get', `${base}/rules`, {
  tag,
  summary: 'Rules that say when an alert fires',
  answers: { 200: jsonAnswer(alertRulesPage, 'Rules') },
});

const addRule = documentedRoute('post', `${base}/rules`, {
  tag,
  summary: 'Add a rule',
  request: jsonBody(alertRuleDraft),
  answers: { 201: jsonAnswer(alertRule, 'The rule'), 503: REFUSED },
});

const changeRule = documentedRoute('put', `${base}/rules/{id}`, {
  tag,
  summary: 'Replace a rule; what it says now ends when it watches something else',
  request: { params, ...jsonBody(alertRuleDraft) },
  answers: { 200: jsonAnswer(alertRule, 'The rule'), 503: REFUSED },
});

const removeRule = documentedRoute('delete', `${base}/rules/{id}`, {
  tag,
  summary: 'Remove a rule; its alerts end',
  request: { params },
  answers: { 200: jsonAnswer(alertRule, 'The rule that was'), 503: REFUSED },
});

const addSilence = documentedRoute('post', `${base}/silences`, {
  tag,
  summary: 'Tell nobody of alerts of a rule, a replica, or all, for a while',
  request: jsonBody(silenceDraft),
  answers: { 201: jsonAnswer(silence, 'The silence'), 503: REFUSED },
});

const removeSilence = documentedRoute('delete', `${base}/silences/{id}`, {
  tag,
  summary: 'End a silence; what still fires is told then',
  request: { params },
  answers: { 200: jsonAnswer(silence, 'The silence that was'), 503: REFUSED },
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
