import type { SendRequest, SendResult, WebhookSender } from '../../core/alerts/delivery.ts';

/** Remembers what was sent, and answers as it was told to. */
export class FakeSender implements WebhookSender {
  readonly sent: SendRequest[] = [];
  /** Answers to come, in order; after them 204. */
  readonly answers: SendResult[] = [];
  /** While true, nothing is answered. */
  isStuck = false;

  async send(request: SendRequest, _timeoutMs: number, signal: AbortSignal): Promise<SendResult> {
    this.sent.push(request);
    if (this.isStuck) {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      return { kind: 'unanswered', reason: 'aborted' };
    }
    return this.answers.shift() ?? { kind: 'answered', status: 204, retryAfterMs: null };
  }

  async close(): Promise<void> {
    // Nothing is held outside.
  }

  /** Type and title of what was sent. */
  get types(): readonly string[] {
    return this.sent.map(({ body }) => String((JSON.parse(body) as { type: string }).type));
  }
}
