import 'server-only';
import type { z } from 'zod';
import { failure } from '#lib/api/contract.ts';
import { type State, state } from '#lib/api/state.ts';

/** What the balancer answered, or why it did not. `status` is what the panel answers with. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly status: number; readonly message: string; readonly code: string };

interface Call<T> {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** Who the balancer's events name as the cause of a change. */
  readonly actor?: string;
  readonly schema: z.ZodType<T>;
  /** An add answers once the new replicas serve, so changes may take long. */
  readonly timeoutMs?: number;
}

const READ_TIMEOUT_MS = 5_000;

export function balancerUrl(): string {
  return process.env['BALANCER_URL'] ?? 'http://127.0.0.1:5000';
}

/** The only place that holds the balancer's token: it never reaches a browser. */
export function balancerHeaders(): Record<string, string> {
  const token = process.env['RINGMASTER_ADMIN_TOKEN'];
  return token === undefined || token === '' ? {} : { authorization: `Bearer ${token}` };
}

/** Asks the balancer and checks what it says; never rejects. */
export async function callBalancer<T>(call: Call<T>): Promise<Answer<T>> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(new URL(call.path, balancerUrl()), requestOf(call));
    body = await response.json();
  } catch (error) {
    return unreachable(error);
  }
  if (!response.ok) return refused(response.status, body);
  const parsed = call.schema.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  return {
    ok: false,
    status: 502,
    code: 'bad-answer',
    message: 'The balancer answered in a form this panel does not know.',
  };
}

function requestOf(call: Call<unknown>): RequestInit {
  const body = call.body === undefined ? {} : { body: JSON.stringify(call.body) };
  const actor = call.actor === undefined ? {} : { 'x-ringmaster-actor': call.actor };
  return {
    method: call.method ?? 'GET',
    headers: { ...balancerHeaders(), accept: 'application/json', 'content-type': 'application/json', ...actor },
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(call.timeoutMs ?? READ_TIMEOUT_MS),
    ...body,
  };
}

function unreachable(error: unknown): Answer<never> {
  const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
  const message = timedOut ? 'The balancer did not answer in time.' : 'The balancer does not answer.';
  return { ok: false, status: timedOut ? 504 : 502, code: 'balancer-unreachable', message };
}

function refused(status: number, body: unknown): Answer<never> {
  const parsed = failure.safeParse(body);
  if (!parsed.success) return { ok: false, status, code: 'refused', message: `The balancer answered ${status}.` };
  const message = parsed.data.message.replace(/^<Error> /, '');
  return { ok: false, status, code: parsed.data.code ?? 'refused', message };
}

export function readState(): Promise<Answer<State>> {
  return callBalancer({ path: '/_ring/v1/state', schema: state });
}
