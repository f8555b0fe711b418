import 'server-only';
import type { z } from 'zod';
import { balancerHeaders, balancerUrl, callBalancer } from './balancer.ts';
import { answer, refuse } from './guard.ts';
import { sessionOf } from './session.ts';

/** Why this request may not even look; null when it may. */
export async function mayRead(request: Request): Promise<Response | null> {
  return sessionOf(request) === null ? refuse(401, 'signed-out', 'Sign in first.') : null;
}

/** Answers with what the balancer says, for anybody who may look. */
export async function relayRead<T>(request: Request, path: string, schema: z.ZodType<T>): Promise<Response> {
  return (await mayRead(request)) ?? answer(await callBalancer({ path, schema }));
}

/**
 * Hands a stream of the balancer to the browser as it arrives. The upstream request ends with the browser's:
 * `request.signal` closes it. Nothing on the way may buffer or compress it.
 */
export async function relayStream(request: Request, path: string, headers: Record<string, string>): Promise<Response> {
  const refusal = await mayRead(request);
  if (refusal !== null) return refusal;
  let upstream: Response;
  try {
    upstream = await fetch(new URL(path, balancerUrl()), {
      headers: { ...balancerHeaders(), accept: 'text/event-stream', ...headers },
      cache: 'no-store',
      redirect: 'error',
      signal: request.signal,
    });
  } catch {
    return refuse(502, 'balancer-unreachable', 'The balancer does not answer.');
  }
  if (!upstream.ok || upstream.body === null) {
    await upstream.body?.cancel();
    return refuse(upstream.status, 'refused', `The balancer answered ${upstream.status}.`);
  }
  return new Response(upstream.body, {
    headers: {
      'content-type': upstream.headers.get('content-type') ?? 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}
