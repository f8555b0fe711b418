import { z } from '@hono/zod-openapi';
import { deliveryView, webhookBody, webhookDraft, webhooksPage, webhookView } from '../../lib/api/webhooks.ts';
import type { AlertBoard } from '../core/alerts/alert-board.ts';
import { actorOf } from './actor.ts';
import type { App } from './app.ts';
import { answerOf, documentedRoute, jsonAnswer, jsonBody, REFUSED } from './documented.ts';

const tag = 'alerts';
const base = '/_ring/v1/alerts/webhooks';
const params = z.object({ id: z.string() });

const list = documentedRoute('get', base, {
  tag,
  summary: 'Who is told of alerts, and what came of the latest messages',
  answers: { 200: jsonAnswer(webhooksPage, 'Webhooks') },
});

const add = documentedRoute('post', base, {
  tag,
  summary: 'Add a receiver; link-local addresses are refused when it is called',
  request: jsonBody(webhookDraft),
  answers: { 201: jsonAnswer(webhookView, 'The webhook'), 503: REFUSED },
});

const remove = documentedRoute('delete', `${base}/{id}`, {
  tag,
  summary: 'Remove a receiver; what waits for it is given up',
  request: { params },
  answers: { 200: jsonAnswer(webhookView, 'The webhook that was'), 503: REFUSED },
});

const test = documentedRoute('post', `${base}/{id}/test`, {
  tag,
  summary: 'Send a test; its delivery is listed with the others',
  request: { params },
  answers: { 202: jsonAnswer(deliveryView, 'It is on its way') },
});

/** `/_ring/v1/alerts/webhooks`: who is told. */
export function addWebhookRoutes(app: App, alerts: AlertBoard): void {
  app.openapi(list, () => Response.json(alerts.webhooks()));
  app.openapi(add, (c) => answerOf(c, alerts.addWebhook(c.req.valid('json'), actorOf(c)), 201));
  app.openapi(remove, (c) => answerOf(c, alerts.removeWebhook(c.req.valid('param').id, actorOf(c))));
  app.openapi(test, (c) => answerOf(c, alerts.testWebhook(c.req.valid('param').id, actorOf(c)), 202));
  app.openAPIRegistry.registerWebhook({
    method: 'post',
    path: 'alert',
    tags: [tag],
    summary: 'What is posted to a receiver when an alert fires or ends, signed as Standard Webhooks has it',
    request: jsonBody(webhookBody),
    responses: { '2XX': { description: 'Taken. 408, 429, 5xx and no answer are tried again, anything else is not' } },
  });
}
