import 'server-only';
import type { z } from 'zod';
import { type State, state } from '#lib/api/state.ts';
import { ApiError } from '#lib/client/api-error.ts';
import { type ClientOptions, caller } from '#lib/client/client.ts';

/** What the balancer answered, or why it did not. `status` is what the panel answers with. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly status: number; readonly message: string; readonly code: string };

interface Call<T> {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
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
function balancerToken(): string | null {
  return process.env['RINGMASTER_ADMIN_TOKEN'] || process.env['RINGMASTER_VIEWER_TOKEN'] || null;
}

export function balancerHeaders(): Record<string, string> {
  const token = balancerToken();
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

/** Asks the balancer with the client everybody has, and checks what it says; never rejects. */
export async function callBalancer<T>({ schema, timeoutMs, actor, ...call }: Call<T>): Promise<Answer<T>> {
  const ask = caller({ ...clientOptions(), ...(actor === undefined ? {} : { actor }) });
  let body: unknown;
  try {
    const response = await ask({ ...call, signal: AbortSignal.timeout(timeoutMs ?? READ_TIMEOUT_MS) });
    body = await response.json();
  } catch (error) {
    return error instanceof ApiError ? refused(error) : unreachable(error);
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  const message = 'The balancer answered in a form this panel does not know.';
  return { ok: false, status: 502, code: 'bad-answer', message };
}

function clientOptions(): ClientOptions {
  const token = balancerToken();
  return {
    baseUrl: balancerUrl(),
    ...(token === null ? {} : { token }),
    fetch: (input, init) => fetch(input, { ...init, redirect: 'error' }),
  };
}

function unreachable(error: unknown): Answer<never> {
  const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
  const message = timedOut ? 'The balancer did not answer in time.' : 'The balancer does not answer.';
  return { ok: false, status: timedOut ? 504 : 502, code: 'balancer-unreachable', message };
}

function refused({ status, code, message }: ApiError): Answer<never> {
  return { ok: false, status, code: code ?? 'refused', message };
}

export function readState(): Promise<Answer<State>> {
  return callBalancer({ path: '/_ring/v1/state', schema: state });
}
