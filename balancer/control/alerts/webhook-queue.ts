import type { DeliveryView } from '../../../lib/api/webhooks.ts';
import type { AlertStore } from '../../core/alerts/alert-store.ts';
import { afterTry, type Delivery, nextDue, targetOf, type WebhookSender } from '../../core/alerts/delivery.ts';
import { messageOf } from '../../core/log.ts';
import type { Clock, Random } from '../../core/ports.ts';

export interface Receiver {
  readonly id: string;
  readonly url: string;
  readonly secret: string | null;
  readonly mayReachLinkLocal: boolean;
}

export interface Message {
  readonly type: DeliveryView['type'];
  readonly alertId: string | null;
  readonly title: string;
  /** JSON. */
  readonly body: string;
}

export interface WebhookQueueParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly store: AlertStore;
  readonly sender: WebhookSender;
  readonly bootId: string;
  readonly receivers: () => readonly Receiver[];
  /** A delivery was given up. */
  readonly onFailed: (delivery: DeliveryView) => void;
}

/** Deliveries that wait at most, over all receivers: the oldest goes when there is one more. */
const LONGEST_QUEUE = 1_000;
const TIMEOUT_MS = 10_000;

/** Messages on their way to webhooks, one at a time to each. What waits survives a restart. */
export class WebhookQueue {
  readonly #parts: WebhookQueueParts;
  readonly #waiting: Map<string, Delivery>;
  readonly #busy = new Set<string>();
  readonly #closing = new AbortController();
  #count = 0;
  #isChanged = false;

  constructor(parts: WebhookQueueParts) {
    this.#parts = parts;
    this.#waiting = new Map(parts.store.waitingDeliveries().map((delivery) => [delivery.id, delivery]));
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Queues a message for one receiver. */
  add(receiver: Receiver, message: Message): Delivery {
    const now = this.#parts.clock.wallTime();
    const delivery: Delivery = {
      ...message,
      id: `${this.#parts.bootId}-d${++this.#count}`,
      webhookId: receiver.id,
      target: targetOf(receiver.url),
      state: 'waiting',
      attempts: 0,
      at: now,
      nextAt: now,
      endedAt: null,
      outcome: null,
    };
    this.#record(delivery);
    if (this.#waiting.size > LONGEST_QUEUE) this.#dropOldest();
    this.pump();
    return delivery;
  }

  /** Starts what is due; called when something was added, and once a second. */
  pump(): void {
    if (this.#closing.signal.aborted) return;
    const receivers = this.#parts.receivers();
    const known = new Set(receivers.map(({ id }) => id));
    for (const delivery of [...this.#waiting.values()]) {
      if (!known.has(delivery.webhookId) && !this.#busy.has(delivery.webhookId))
        this.#giveUp(delivery, 'the webhook was removed');
    }
    for (const receiver of receivers) {
      if (!this.#busy.has(receiver.id)) this.#start(receiver);
    }
  }

  /** True once after something changed. */
  takeChanged(): boolean {
    const isChanged = this.#isChanged;
    this.#isChanged = false;
    return isChanged;
  }

  /** Cuts what is under way; it is sent again after the next start. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('the balancer is stopping'));
    await this.#parts.sender.close();
  }

  #start(receiver: Receiver): void {
    const own = [...this.#waiting.values()].filter(({ webhookId }) => webhookId === receiver.id);
    const delivery = nextDue(own, this.#parts.clock.wallTime());
    if (delivery === null) return;
    this.#busy.add(receiver.id);
    void this.#send(receiver, delivery).finally(() => {
      this.#busy.delete(receiver.id);
      this.pump();
    });
  }

  async #send({ url, secret, mayReachLinkLocal }: Receiver, delivery: Delivery): Promise<void> {
    const { sender, clock, random } = this.#parts;
    const { id, body } = delivery;
    const timestamp = Math.floor(clock.wallTime() / 1_000);
    const request = { url, secret, mayReachLinkLocal, id, timestamp, body };
    const result = await sender
      .send(request, TIMEOUT_MS, this.#closing.signal)
      .catch((error) => ({ kind: 'unanswered' as const, reason: messageOf(error) }));
    if (this.#closing.signal.aborted || !this.#waiting.has(id)) return;
    const next = afterTry(delivery, result, clock.wallTime(), random());
    this.#record(next);
    if (next.state === 'failed') this.#parts.onFailed(next);
  }

  #dropOldest(): void {
    const [oldest] = this.#waiting.values();
    if (oldest !== undefined) this.#giveUp(oldest, `more than ${LONGEST_QUEUE} were waiting`);
  }

  #giveUp(delivery: Delivery, outcome: string): void {
    const failed: Delivery = {
      ...delivery,
      state: 'failed',
      nextAt: null,
      endedAt: this.#parts.clock.wallTime(),
      outcome,
    };
    this.#record(failed);
    this.#parts.onFailed(failed);
  }

  #record(delivery: Delivery): void {
    if (delivery.state === 'waiting') this.#waiting.set(delivery.id, delivery);
    else this.#waiting.delete(delivery.id);
    this.#parts.store.saveDelivery(delivery);
    this.#isChanged = true;
  }
}
