/** Alerts of a real balancer over real replicas, told to a real receiver. */
import { createHmac } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AlertRuleDraft } from '../lib/api/alert-rules.ts';
import { webhookBody } from '../lib/api/webhooks.ts';
import { type AlertClient, createAlertClient } from '../lib/client/alert-client.ts';
import { launch, type RealBalancer, stateFolder, until } from './testing/real-balancer.ts';
import { WebhookReceiver } from './testing/webhook-receiver.ts';

const SECRET = 'a secret of the receiver';
const MISSING: AlertRuleDraft = {
  name: 'One is missing',
  severity: 'critical',
  enabled: true,
  condition: { kind: 'too-few-serving', missing: 1 },
  forMs: 0,
  clearMs: 0,
};

let state = '';
let balancer: RealBalancer;
let receiver: WebhookReceiver;

beforeEach(async () => {
  state = await stateFolder();
  receiver = new WebhookReceiver();
  await receiver.open();
});

afterEach(async () => {
  await balancer.end();
  await receiver.close();
  await rm(state, { recursive: true, force: true });
});

async function start(flags: readonly string[] = []): Promise<AlertClient> {
  const told = ['--alert-webhook', receiver.url, '--panel-url', 'http://panel.example'];
  const env = { RINGMASTER_ALERT_WEBHOOK_SECRET: SECRET };
  balancer = await launch({ state, env, flags: [...told, '--replicas', '2', ...flags] });
  return createAlertClient({ baseUrl: balancer.url, actor: 'alice' });
}

function types(): readonly string[] {
  return receiver.posted.map(({ body }) => body.type);
}

test('an alert is told, signed, again until it is taken, and so is its end', async () => {
  const alerts = await start();
  await alerts.addRule(MISSING);
  receiver.answers.push(500, 503);
  await balancer.client.act('S1', 'pause');
  await until(() => receiver.posted.length === 3, 20_000, 'the third try');
  await balancer.client.act('S1', 'unpause');
  await until(() => types().includes('alert.resolved'), 20_000, 'the end');
  const [first, second, third, last] = receiver.posted;
  expect(types()).toEqual(['alert.firing', 'alert.firing', 'alert.firing', 'alert.resolved']);
  expect(new Set([first, second, third].map((post) => `${post?.id} ${post?.text}`)).size).toBe(1);
  for (const { id, timestamp, text, signature } of receiver.posted) {
    const digest = createHmac('sha256', SECRET).update(`${id}.${timestamp}.${text}`).digest('base64');
    expect(signature).toBe(`v1,${digest}`);
  }
  const body = webhookBody.parse(last?.body);
  expect(body.alert).toMatchObject({ id: first?.body.alert?.id, rule: { name: MISSING.name }, ending: 'cleared' });
  expect(body.link).toBe(`http://panel.example/alerts?alert=${body.alert?.id}`);
  const { deliveries, webhooks } = await alerts.webhooks();
  expect(deliveries.map(({ state: now, attempts }) => [now, attempts])).toEqual([
    ['delivered', 1],
    ['delivered', 3],
  ]);
  expect(JSON.stringify(webhooks)).not.toContain('secret');
});

test('what fires, and what was not yet told, survive a SIGKILL', async () => {
  const before = await start(['--on-exit', 'keep']);
  await before.addRule(MISSING);
  await before.addRule({ ...MISSING, name: 'Two are missing', condition: { kind: 'too-few-serving', missing: 2 } });
  await receiver.close();
  await balancer.client.act('S1', 'pause');
  const waits = async (): Promise<boolean> =>
    (await before.webhooks()).deliveries.some(({ state: now, attempts }) => now === 'waiting' && attempts > 0);
  await until(waits, 20_000, 'a failed try');
  const [alert] = (await before.alerts()).active;
  await before.acknowledge(alert?.id ?? '');
  await new Promise((resolve) => setTimeout(resolve, 200));
  await balancer.end('SIGKILL');
  await receiver.open();
  const after = await start(['--on-exit', 'remove']);
  await until(() => receiver.posted.length > 0, 20_000, 'the message that waited');
  expect(receiver.posted[0]?.body.alert?.id).toBe(alert?.id);
  expect((await after.rules()).filter(({ name }) => name.endsWith('missing'))).toHaveLength(2);
  const { active, recent } = await after.alerts();
  const kept = [...active, ...recent].find(({ id }) => id === alert?.id);
  expect(kept?.acknowledged).toMatchObject({ actor: 'alice' });
});

test('every change says who made it, and the stream and the metrics tell of alerts', async () => {
  const alerts = await start();
  const types: string[] = [];
  const stop = new AbortController();
  const reading = (async () => {
    for await (const { message } of balancer.client.events(stop.signal)) types.push(message.type);
  })().catch(() => undefined);
  const rule = await alerts.addRule(MISSING);
  await balancer.client.act('S2', 'pause');
  await until(async () => (await alerts.alerts()).active.length > 0, 10_000, 'the alert');
  const [alert] = (await alerts.alerts()).active;
  await alerts.acknowledge(alert?.id ?? '');
  const silence = await alerts.silence({ ruleId: rule.id, forMs: 60_000, reason: 'an update' });
  await alerts.unsilence(silence.id);
  const hook = await alerts.addWebhook({ url: `${receiver.url}-2`, secret: 'another secret' });
  await alerts.testWebhook(hook.id);
  await alerts.removeWebhook(hook.id);
  await alerts.changeRule(rule.id, { ...MISSING, enabled: false });
  await alerts.removeRule(rule.id);
  expect(await balancer.client.metrics()).toContain('ringmaster_alerts_firing 0');
  const { events } = await balancer.client.history({ limit: 100 });
  const made = events.filter(({ actor }) => actor === 'alice').map(({ kind }) => kind);
  expect(made).toEqual([
    'alert-rule-changed',
    'alert-acknowledged',
    'alert-silenced',
    'alert-unsilenced',
    'webhook-changed',
    'webhook-changed',
    'webhook-changed',
    'alert-rule-changed',
    'alert-rule-changed',
  ]);
  stop.abort();
  await reading;
  expect(types).toEqual(expect.arrayContaining(['alert', 'alert-settings']));
});

test('what is not valid is refused with 400, and changes nothing', async () => {
  const alerts = await start(['--webhook-changes', 'off']);
  const before = await alerts.rules();
  const send = async (path: string, body: string, method = 'POST'): Promise<number> => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`${balancer.url}/_ring/v1/alerts/${path}`, { method, headers, body })).status;
  };
  const with400 = [
    '',
    'null',
    '[]',
    '{',
    '{}',
    JSON.stringify({ ...MISSING, name: ' ' }),
    JSON.stringify({ ...MISSING, forMs: -1 }),
    JSON.stringify({ ...MISSING, forMs: 1e12 }),
    JSON.stringify({ ...MISSING, severity: 'loud' }),
    JSON.stringify({ ...MISSING, id: 'mine' }),
    JSON.stringify({ ...MISSING, condition: { kind: 'replica-down', missing: 3 } }),
    JSON.stringify({ ...MISSING, condition: { kind: 'too-few-serving', missing: 0.5 } }),
    JSON.stringify({ ...MISSING, condition: { kind: 'error-ratio', scope: 'fleet', overRatio: 5 } }),
    JSON.stringify({ ...MISSING, condition: { kind: '__proto__' } }),
  ];
  for (const body of with400) expect([body, await send('rules', body)]).toEqual([body, 400]);
  expect(await send(`rules/${before[0]?.id}`, '{"enabled":false}', 'PUT')).toBe(400);
  expect(await send('silences', '{"forMs":0}')).toBe(400);
  expect(await send('silences', '{"forMs":1000,"replica":"a b"}')).toBe(400);
  expect(await send('silences', '{"forMs":1000,"ruleId":"nobody"}')).toBe(404);
  for (const url of ['ftp://a', 'javascript:alert(1)', 'http://user:password@a/', 'x', '']) {
    expect([url, await send('webhooks', JSON.stringify({ url }))]).toEqual([url, 400]);
  }
  expect(await send('webhooks', JSON.stringify({ url: 'http://127.0.0.1:1/' }))).toBe(403);
  expect(await send('nobody/acknowledge', '')).toBe(404);
  expect(await alerts.rules()).toEqual(before);
  expect((await alerts.webhooks()).webhooks).toHaveLength(1);
  expect((await alerts.webhooks()).mayChange).toBe(false);
});
