import type { DeliveryView } from '../../../lib/api/webhooks.ts';

/** A message to a webhook that is under way, as it is kept: its body stays the same with each try. */
export interface Delivery extends DeliveryView {
  readonly body: string;
}

/** What came of one try. */
export type SendResult =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs: number | null }
  /** No answer: refused, reset, timed out. */
  | { readonly kind: 'unanswered'; readonly reason: string }
  /** It must not be tried: the address is one that this receiver may not have. */
  | { readonly kind: 'forbidden'; readonly reason: string };

export interface SendRequest {
  readonly url: string;
  /** Signs it; null sends it unsigned. */
  readonly secret: string | null;
  /** A receiver set through the API may not have a link-local address: cloud machines keep their secrets there. */
  readonly mayReachLinkLocal: boolean;
  /** The same with each try. */
  readonly id: string;
  /** Wall time, s. */
  readonly timestamp: number;
  readonly body: string;
}

/** Posts to webhooks; never rejects. */
export interface WebhookSender {
  send(request: SendRequest, timeoutMs: number, signal: AbortSignal): Promise<SendResult>;
  close(): Promise<void>;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** What a receiver may ask for with Retry-After. */
const LONGEST_ASKED_MS = 60 * 60_000;
/** Given up so long after it was first due. */
export const GIVEN_UP_AFTER_MS = 24 * 3_600_000;

function outcomeOf(result: SendResult): string {
  return result.kind === 'answered' ? `status ${result.status}` : result.reason;
}

/** 4xx means that the message is wrong, and stays so: all but "too slow" and "too often". Redirects are not followed. */
function isWorthRepeating(result: SendResult): boolean {
  if (result.kind === 'forbidden') return false;
  if (result.kind === 'unanswered') return true;
  return result.status >= 500 || result.status === 408 || result.status === 429;
}

/** 1 s, 2 s, 4 s … 5 min, of which a random half is left out: receivers that come back are not stormed. */
function waitMs(attempts: number, random: number, retryAfterMs: number | null): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 20));
  return Math.max(longest * (0.5 + random / 2), Math.min(retryAfterMs ?? 0, LONGEST_ASKED_MS));
}

/** The delivery after a try that came to `result`; `now` is wall time in ms, `random` in [0, 1). */
export function afterTry(delivery: Delivery, result: SendResult, now: number, random: number): Delivery {
  const attempts = delivery.attempts + 1;
  const tried = { ...delivery, attempts, outcome: outcomeOf(result) };
  if (result.kind === 'answered' && result.status >= 200 && result.status < 300) {
    return { ...tried, state: 'delivered', nextAt: null, endedAt: now };
  }
  if (!isWorthRepeating(result) || now - delivery.at >= GIVEN_UP_AFTER_MS) {
    return { ...tried, state: 'failed', nextAt: null, endedAt: now };
  }
  const asked = result.kind === 'answered' ? result.retryAfterMs : null;
  return { ...tried, nextAt: now + waitMs(attempts, random, asked) };
}

/**
 * What to send next to one webhook: the first that is due of those whose alert has no earlier message still waiting, so
 * that an end never comes before its begin. `waiting` is in the order they were made.
 */
export function nextDue(waiting: readonly Delivery[], now: number): Delivery | null {
  const held = new Set<string>();
  for (const delivery of waiting) {
    if (delivery.alertId !== null && held.has(delivery.alertId)) continue;
    if ((delivery.nextAt ?? 0) <= now) return delivery;
    if (delivery.alertId !== null) held.add(delivery.alertId);
  }
  return null;
}

/** Shown in place of a URL whose path may be its password. */
export function targetOf(url: string): string {
  const { origin, pathname, search } = new URL(url);
  return pathname === '/' && search === '' ? origin : `${origin}/…`;
}
