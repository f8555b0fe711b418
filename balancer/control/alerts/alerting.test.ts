import { expect, test } from 'vitest';
import type { AlertRuleDraft } from '../../../lib/api/alert-rules.ts';
import { MemoryStore } from '../../core/memory-store.ts';
import { settle } from '../../testing/fake-clock.ts';
import { type FleetUnderTest, startFleet } from '../fakes/fleet-under-test.ts';

const HOOK = { id: 'flag-1', url: 'http://hooks.example.com/secret', secret: null };
const ACTOR = 'alice';

const DOWN: AlertRuleDraft = {
  name: 'Gone',
  severity: 'critical',
  enabled: true,
  condition: { kind: 'replica-down' },
  forMs: 3_000,
  clearMs: 2_000,
};

/** A fleet with one rule only, a webhook, and a way to keep S2 away. */
async function watched(draft: AlertRuleDraft = DOWN, store = new MemoryStore()): Promise<FleetUnderTest> {
  const fleet = await startFleet({ webhooks: [HOOK], store });
  const { alerts } = fleet.control.plane;
  for (const rule of alerts.rules()) alerts.removeRule(rule.id, ACTOR);
  alerts.addRule(draft, ACTOR);
  return fleet;
}

function fell(fleet: FleetUnderTest, name = 'S2'): void {
  fleet.runtime.startError = 'start-failed';
  fleet.runtime.die(fleet.runtime.named(name).id);
}

function active(fleet: FleetUnderTest): readonly unknown[] {
  return fleet.control.plane.state().alerts.map(({ state, replica }) => [state, replica]);
}

function happened(fleet: FleetUnderTest): readonly string[] {
  const kinds = ['alert-fired', 'alert-resolved'];
  return fleet.store
    .events({ limit: 1_000 })
    .map(({ kind }) => kind)
    .filter((kind) => kinds.includes(kind));
}

test('an alert is pending, fires, is told, ends, is told again, and is kept', async () => {
  const fleet = await watched();
  fell(fleet);
  await fleet.clock.advance(1_000);
  expect(active(fleet)).toEqual([['pending', 'S2']]);
  await fleet.clock.advance(3_000);
  expect(active(fleet)).toEqual([['firing', 'S2']]);
  expect(fleet.sender.types).toEqual(['alert.firing']);
  fleet.runtime.startError = null;
  await fleet.clock.advance(40_000);
  expect(active(fleet)).toEqual([]);
  expect(fleet.sender.types).toEqual(['alert.firing', 'alert.resolved']);
  expect(happened(fleet)).toEqual(['alert-fired', 'alert-resolved']);
  expect(fleet.control.plane.alerts.page(10).recent).toMatchObject([
    { replica: 'S2', ending: 'cleared', state: 'resolved' },
  ]);
});

test('what is posted says what, whose, since when, and where to look', async () => {
  const fleet = await watched();
  fell(fleet);
  await fleet.clock.advance(5_000);
  const [alert] = fleet.control.plane.state().alerts;
  expect(JSON.parse(fleet.sender.sent[0]?.body ?? '')).toMatchObject({
    version: 1,
    type: 'alert.firing',
    text: expect.stringMatching(/^Gone · S2: S2 does not serve: /),
    alert: {
      id: alert?.id,
      severity: 'critical',
      replica: 'S2',
      startsAt: new Date(alert?.startsAt ?? 0).toISOString(),
    },
    link: `http://panel/alerts?alert=${alert?.id}`,
  });
});

test('a kill that is mended at once fires nothing with the usual rules', async () => {
  const fleet = await startFleet({ webhooks: [HOOK] });
  for (let n = 0; n < 3; n++) {
    fleet.runtime.die(fleet.runtime.named('S2').id);
    await fleet.clock.advance(60_000);
  }
  expect(happened(fleet)).toEqual([]);
  expect(fleet.sender.sent).toEqual([]);
});

test('a silenced alert is shown and told to nobody; when the silence ends and it still fires, it is', async () => {
  const fleet = await watched();
  const silence = fleet.control.plane.alerts.silence({ ruleId: null, replica: 'S2', forMs: 60_000, reason: '' }, ACTOR);
  expect(silence.ok).toBe(true);
  fell(fleet);
  await fleet.clock.advance(30_000);
  expect(fleet.control.plane.state().alerts).toMatchObject([{ state: 'firing', silencedUntil: expect.any(Number) }]);
  expect(fleet.sender.sent).toEqual([]);
  await fleet.clock.advance(31_000);
  expect(fleet.control.plane.state().alerts).toMatchObject([{ state: 'firing', silencedUntil: null }]);
  expect(fleet.sender.types).toEqual(['alert.firing']);
  expect(fleet.control.plane.alerts.page(1).silences).toEqual([]);
});

test('one that began and ended in silence is told to nobody', async () => {
  const fleet = await watched();
  fleet.control.plane.alerts.silence({ ruleId: null, replica: null, forMs: 3_600_000, reason: 'an update' }, ACTOR);
  fell(fleet);
  await fleet.clock.advance(10_000);
  fleet.runtime.startError = null;
  await fleet.clock.advance(60_000);
  expect(happened(fleet)).toEqual(['alert-fired', 'alert-resolved']);
  expect(fleet.sender.sent).toEqual([]);
});

test('silences can be taken back', async () => {
  const fleet = await watched();
  const { alerts } = fleet.control.plane;
  const silence = alerts.silence({ ruleId: null, replica: 'S2', forMs: 60_000, reason: '' }, ACTOR);
  fell(fleet);
  await fleet.clock.advance(5_000);
  alerts.unsilence(silence.ok ? silence.value.id : '', ACTOR);
  await settle();
  expect(fleet.sender.types).toEqual(['alert.firing']);
});

test('an acknowledgement names who made it, and ends with the alert', async () => {
  const fleet = await watched();
  const { alerts, state } = { alerts: fleet.control.plane.alerts, state: () => fleet.control.plane.state() };
  fell(fleet);
  await fleet.clock.advance(1_000);
  const id = (): string => state().alerts[0]?.id ?? '';
  expect(alerts.acknowledge(id(), true, ACTOR)).toMatchObject({ ok: false, refusal: { code: 'not-found' } });
  await fleet.clock.advance(4_000);
  expect(alerts.acknowledge(id(), true, ACTOR)).toMatchObject({ ok: true });
  expect(state().alerts[0]?.acknowledged).toMatchObject({ actor: ACTOR });
  alerts.acknowledge(id(), false, ACTOR);
  expect(state().alerts[0]?.acknowledged).toBeNull();
});

test('removing a replica ends its alert, and so does switching the rule off', async () => {
  const fleet = await watched();
  const { alerts } = fleet.control.plane;
  fell(fleet);
  await fleet.clock.advance(5_000);
  await fleet.control.plane.remove({ n: 1, hostnames: ['S2'] }, ACTOR);
  await fleet.clock.advance(31_000);
  expect(alerts.page(5).recent[0]).toMatchObject({ ending: 'replica-gone' });
  fell(fleet, 'S3');
  await fleet.clock.advance(5_000);
  expect(active(fleet)).toEqual([['firing', 'S3']]);
  const [rule] = alerts.rules();
  alerts.changeRule(rule?.id ?? '', { ...DOWN, enabled: false }, ACTOR);
  expect(alerts.page(5).recent[0]).toMatchObject({ replica: 'S3', ending: 'rule-disabled' });
});

test('what fires, who saw it, silences and rules survive a restart, and it is not told again', async () => {
  const store = new MemoryStore();
  const before = await watched(DOWN, store);
  fell(before);
  await before.clock.advance(5_000);
  const [alert] = before.control.plane.state().alerts;
  before.control.plane.alerts.acknowledge(alert?.id ?? '', true, ACTOR);
  before.control.plane.alerts.silence({ ruleId: null, replica: 'S9', forMs: 3_600_000, reason: '' }, ACTOR);
  await before.control.close('keep');
  const after = await startFleet({ store, webhooks: [HOOK] });
  expect(after.control.plane.alerts.rules().map(({ name }) => name)).toEqual(['Gone']);
  expect(after.control.plane.alerts.page(5).silences).toMatchObject([{ replica: 'S9', actor: ACTOR }]);
  expect(after.control.plane.state().alerts).toMatchObject([{ id: alert?.id, acknowledged: { actor: ACTOR } }]);
  await after.clock.advance(10_000);
  expect(after.sender.types).toEqual(['alert.resolved']);
});

test('stopping on purpose is nobody’s alarm', async () => {
  const fleet = await watched({ ...DOWN, condition: { kind: 'too-few-serving', missing: 1 }, forMs: 0 });
  const closed = fleet.control.close('remove');
  await fleet.clock.advance(60_000);
  await closed;
  expect(happened(fleet)).toEqual([]);
});

test('while the balancer stood still, nothing became older', async () => {
  const fleet = await watched({ ...DOWN, forMs: 30_000 });
  fell(fleet);
  await fleet.clock.advance(5_000);
  await fleet.clock.freeze(600_000);
  await fleet.clock.advance(1_000);
  expect(active(fleet)).toEqual([['pending', 'S2']]);
});

test('errors of one replica fire for it, and not for the others', async () => {
  const condition = {
    kind: 'error-ratio',
    scope: 'replica',
    overRatio: 0.5,
    windowMs: 10_000,
    minRequests: 10,
  } as const;
  const fleet = await watched({ ...DOWN, condition, forMs: 0 });
  await fleet.clock.advance(2_000);
  fleet.plane.serve(1, 20, 0);
  fleet.plane.serve(3, 5, 15);
  await fleet.clock.advance(1_000);
  expect(fleet.control.plane.state().alerts).toMatchObject([{ replica: 'S3', value: 0.75 }]);
});

test.each([
  ['a name that is taken', 'name-taken', (f: FleetUnderTest) => f.control.plane.alerts.addRule(DOWN, ACTOR)],
  ['a rule that is not there', 'not-found', (f: FleetUnderTest) => f.control.plane.alerts.changeRule('x', DOWN, ACTOR)],
  [
    'a silence of no rule',
    'not-found',
    (f: FleetUnderTest) =>
      f.control.plane.alerts.silence({ ruleId: 'x', replica: null, forMs: 1_000, reason: '' }, ACTOR),
  ],
  [
    'a webhook of the command line',
    'webhooks-fixed',
    (f: FleetUnderTest) => f.control.plane.alerts.removeWebhook('flag-1', ACTOR),
  ],
  [
    'a webhook that is told already',
    'conflict',
    (f: FleetUnderTest) => f.control.plane.alerts.addWebhook({ url: HOOK.url }, ACTOR),
  ],
] as const)('%s is refused, and nothing is changed', async (_, code, change) => {
  const fleet = await watched();
  const before = fleet.store.alerts.loadSettings();
  expect(change(fleet)).toMatchObject({ ok: false, refusal: { code } });
  expect(fleet.store.alerts.loadSettings()).toEqual(before);
});

test('a change that the disk does not take is not made', async () => {
  const fleet = await watched();
  fleet.store.alerts.saveSettings = () => ({ ok: false, reason: 'disk full' });
  const { alerts } = fleet.control.plane;
  expect(alerts.addRule({ ...DOWN, name: 'Other' }, ACTOR)).toMatchObject({ refusal: { code: 'not-saved' } });
  expect(alerts.rules().map(({ name }) => name)).toEqual(['Gone']);
});
