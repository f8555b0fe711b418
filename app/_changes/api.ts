import type { z } from 'zod';
import { actionResult, type Preview, preview, type ReplicaAction } from '#lib/api/admin.ts';
import { failure, type ReplicaList, replicaList } from '#lib/api/contract.ts';
import type { ReplicaView } from '#lib/api/state.ts';
import { type Proposal, previewSearch } from './change.ts';

/** A refusal by the panel or the balancer; `message` is for people. */
export class RefusedError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'RefusedError';
    this.status = status;
  }
}

/** Calls one of the panel's own handlers. Throws RefusedError with words that can be shown. */
export async function callPanel<T>(path: string, schema: z.ZodType<T>, init: RequestInit = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { cache: 'no-store', ...init });
  } catch {
    throw new RefusedError(0, 'The panel does not answer.');
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return schema.parse(body);
  const refusal = failure.safeParse(body);
  throw new RefusedError(
    response.status,
    refusal.success ? refusal.data.message : `The panel answered ${response.status}.`,
  );
}

export function askPreview(proposal: Proposal, signal: AbortSignal): Promise<Preview> {
  return callPanel(`/api/preview?${previewSearch(proposal)}`, preview, { signal });
}

export async function act(name: string, action: ReplicaAction): Promise<ReplicaView> {
  const path = `/api/replicas/${encodeURIComponent(name)}/${action}`;
  return (await callPanel(path, actionResult, { method: 'POST' })).replica;
}

export function add(names: readonly string[]): Promise<ReplicaList> {
  return change('POST', names);
}

export function remove(names: readonly string[]): Promise<ReplicaList> {
  return change('DELETE', names);
}

function change(method: 'POST' | 'DELETE', names: readonly string[]): Promise<ReplicaList> {
  const body = JSON.stringify({ n: names.length, hostnames: names });
  return callPanel('/api/replicas', replicaList, { method, body, headers: { 'content-type': 'application/json' } });
}
