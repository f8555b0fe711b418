import type { Agent, Dispatcher } from 'undici';
import type { SendRequest, SendResult, WebhookSender } from '../../core/alerts/delivery.ts';
import { messageOf } from '../../core/log.ts';
import { FORBIDDEN_CODE, guardedLookup, isLinkLocal } from './link-local.ts';
import { signatureOf } from './signature.ts';

/** Answers are read up to here, so that the connection can be used again, and then cut. */
const LARGEST_ANSWER_BYTES = 64 * 1024;
const IDLE_MS = 10_000;
const FORBIDDEN: SendResult = { kind: 'forbidden', reason: 'link-local addresses are not allowed' };

interface Agents {
  readonly free: Agent;
  /** Connects to no link-local address. */
  readonly guarded: Agent;
}

/** undici is loaded with the first message: most balancers never send one. */
async function openAgents(): Promise<Agents> {
  const { Agent: UndiciAgent } = await import('undici');
  const shared = { connections: 4, keepAliveTimeout: IDLE_MS };
  return { free: new UndiciAgent(shared), guarded: new UndiciAgent({ ...shared, connect: { lookup: guardedLookup } }) };
}

function headersOf({ id, timestamp, secret, body }: SendRequest): Record<string, string> {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'ringmaster',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
  };
  return secret === null ? headers : { ...headers, 'webhook-signature': signatureOf(secret, id, timestamp, body) };
}

/** Seconds or a date (RFC 9110, 10.2.3), as ms from now; null without one. */
function retryAfterMs(value: string | string[] | undefined): number | null {
  if (typeof value !== 'string') return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

function explain(error: unknown, timeoutMs: number): SendResult {
  const { name, code, syscall } = (error ?? {}) as { name?: string; code?: string; syscall?: string };
  if (code === FORBIDDEN_CODE) return FORBIDDEN;
  if (name === 'TimeoutError') return { kind: 'unanswered', reason: `no answer within ${timeoutMs / 1_000} s` };
  if (code === undefined) return { kind: 'unanswered', reason: messageOf(error) };
  return { kind: 'unanswered', reason: syscall === undefined ? `${code}: ${messageOf(error)}` : `${syscall} ${code}` };
}

/** Posts to webhooks with undici; redirects are answers like any other. */
export class HttpSender implements WebhookSender {
  #agents: Promise<Agents> | null = null;

  async send(request: SendRequest, timeoutMs: number, signal: AbortSignal): Promise<SendResult> {
    const { mayReachLinkLocal, url, body } = request;
    const { origin, pathname, search, hostname } = new URL(url);
    if (!mayReachLinkLocal && isLinkLocal(hostname.replace(/^\[|\]$/g, ''))) return FORBIDDEN;
    this.#agents ??= openAgents();
    const agents = await this.#agents;
    const agent = mayReachLinkLocal ? agents.free : agents.guarded;
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const call = { origin, path: pathname + search, method: 'POST', headers: headersOf(request), body } as const;
    try {
      return await post(agent, { ...call, signal: limited });
    } catch (error) {
      return explain(error, timeoutMs);
    }
  }

  async close(): Promise<void> {
    const agents = await this.#agents;
    await Promise.all([agents?.free.destroy(), agents?.guarded.destroy()]);
  }
}

async function post(agent: Agent, call: Dispatcher.RequestOptions): Promise<SendResult> {
  const { statusCode, headers, body } = await agent.request(call);
  // The status is the answer; a body that never ends, or is cut, does not change it.
  await body.dump({ limit: LARGEST_ANSWER_BYTES }).catch(() => undefined);
  return { kind: 'answered', status: statusCode, retryAfterMs: retryAfterMs(headers['retry-after']) };
}
