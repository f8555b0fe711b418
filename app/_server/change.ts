import 'server-only';
import type { z } from 'zod';
import { type Answer, callBalancer } from './balancer.ts';
import { answer, isSameOrigin, refuse } from './guard.ts';
import { actorOf, type Session, sessionOf } from './session.ts';

/** An add waits until the new replicas serve, a removal until they are drained. */
const CHANGE_TIMEOUT_MS = 60_000;

/** Who has no session gets no further than `mayChange`. */
const NOBODY: Session = { role: 'operator', name: null };

interface Change<T> {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly schema: z.ZodType<T>;
}

/** Passes a change on for an operator on one of our own pages; anyone else is refused before the balancer hears of it. */
export async function relayChange<T>(request: Request, change: Change<T>): Promise<Response> {
  const refusal = await mayChange(request);
  if (refusal !== null) return refusal;
  const result: Answer<T> = await callBalancer({
    ...change,
    actor: actorOf(sessionOf(request) ?? NOBODY),
    timeoutMs: CHANGE_TIMEOUT_MS,
  });
  return answer(result);
}

/** Why this request may not change anything; null when it may. */
export async function mayChange(request: Request): Promise<Response | null> {
  if (!isSameOrigin(request)) return refuse(403, 'cross-site', 'Changes are taken from the panel’s own pages only.');
  const session = sessionOf(request);
  if (session === null) return refuse(401, 'signed-out', 'Sign in first.');
  if (session.role === 'viewer')
    return refuse(403, 'viewer', 'You are signed in as a viewer, who may look but not change.');
  return null;
}

/** The body as JSON; undefined when it is none. */
export async function jsonOf(request: Request): Promise<unknown> {
  try {
    return (await request.json()) as unknown;
  } catch {
    return undefined;
  }
}
