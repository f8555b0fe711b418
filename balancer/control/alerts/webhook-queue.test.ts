import { expect, test } from 'vitest';
import type { DeliveryView } from '../../../lib/api/webhooks.ts';
import { MemoryAlertStore } from '../../core/alerts/memory-alert-store.ts';
import { FakeClock, settle } from '../../testing/fake-clock.ts';
import { FakeSender } from '../fakes/fake-sender.ts';
import { type Receiver, WebhookQueue } from './webhook-queue.ts';

const HOOK: Receiver = { id: 'w', url: 'http://example.com/hook', secret: 's3cret-s3cret', mayReachLinkLocal: true };
const OTHER: Receiver = { ...HOOK, id: 'x', url: 'http://example.org/hook' };
const MESSAGE = { type: 'test' as const, alertId: null, title: 'Test', body: '{"type":"test"}' };

function start(store = new MemoryAlertStore()) {
  const clock = new FakeClock();
  const sender = new FakeSender();
  const failed: DeliveryView[] = [];
  const receivers: Receiver[] = [HOOK, OTHER];
  const queue = new WebhookQueue({
    clock,
    random: () => 0.5,
    store,
    sender,
    bootId: 'boot',
    receivers: () => receivers,
    onFailed: (delivery) => failed.push(delivery),
  });
  const pass = async (seconds: number): Promise<void> => {
    for (let n = 0; n < seconds; n++) {
      await clock.advance(1_000);
      queue.pump();
      await settle();
    }
  };
  return { clock, sender, failed, receivers, queue, store, pass };
}

const busy = { kind: 'answered', status: 503, retryAfterMs: null } as const;

test('a message that is not taken is sent again with the same id and body, later each time', async () => {
  const { sender, queue, store, pass } = start();
  sender.answers.push(busy, busy, { kind: 'unanswered', reason: 'connect ECONNREFUSED' });
  queue.add(HOOK, MESSAGE);
  await pass(20);
  expect(sender.sent).toHaveLength(4);
  expect(new Set(sender.sent.map(({ id, body }) => `${id} ${body}`)).size).toBe(1);
  const gaps = sender.sent.map(({ timestamp }, i) => timestamp - (sender.sent[i - 1]?.timestamp ?? timestamp));
  expect(gaps).toEqual([0, 1, 2, 3]);
  expect(store.deliveries(1)[0]).toMatchObject({ state: 'delivered', attempts: 4, outcome: 'status 204' });
});

test('a refusal is not sent again, and said', async () => {
  const { sender, queue, failed, pass } = start();
  sender.answers.push({ kind: 'answered', status: 400, retryAfterMs: null });
  queue.add(HOOK, MESSAGE);
  await pass(60);
  expect(sender.sent).toHaveLength(1);
  expect(failed).toMatchObject([{ outcome: 'status 400', attempts: 1 }]);
});

test('one receiver that hangs does not hold up the other', async () => {
  const { sender, queue, pass } = start();
  sender.isStuck = true;
  queue.add(HOOK, MESSAGE);
  await pass(1);
  sender.isStuck = false;
  queue.add(HOOK, MESSAGE);
  queue.add(OTHER, MESSAGE);
  await pass(1);
  expect(sender.sent.map(({ url }) => url)).toEqual([HOOK.url, OTHER.url]);
});

test('what waits is bounded: the oldest goes', async () => {
  const { sender, queue, failed } = start();
  sender.isStuck = true;
  for (let n = 0; n < 1_005; n++) queue.add(HOOK, MESSAGE);
  await settle();
  expect(queue.waiting).toBe(1_000);
  expect(failed).toHaveLength(5);
});

test('what waited is sent after a restart', async () => {
  const before = start();
  before.sender.answers.push(busy);
  before.queue.add(HOOK, MESSAGE);
  await settle();
  await before.queue.close();
  const after = start(before.store);
  await after.pass(2);
  expect(after.sender.sent[0]?.id).toBe(before.sender.sent[0]?.id);
  expect(after.store.deliveries(1)[0]).toMatchObject({ state: 'delivered', attempts: 2 });
});

test('a try that the stop cut is made again after the start', async () => {
  const before = start();
  before.sender.isStuck = true;
  before.queue.add(HOOK, MESSAGE);
  await before.queue.close();
  await settle();
  expect(before.store.waitingDeliveries()).toMatchObject([{ attempts: 0 }]);
});

test('what waits for a receiver that was removed is given up', async () => {
  const { sender, queue, failed, receivers, pass } = start();
  sender.answers.push(busy);
  queue.add(HOOK, MESSAGE);
  await settle();
  receivers.shift();
  await pass(5);
  expect(sender.sent).toHaveLength(1);
  expect(failed).toMatchObject([{ outcome: 'the webhook was removed' }]);
});
