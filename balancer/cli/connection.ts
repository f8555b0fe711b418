import { ApiError } from '../../lib/client/api-error.ts';
import { type Client, createClient } from '../../lib/client/client.ts';
import { createLabClient, type LabClient } from '../../lib/client/lab-client.ts';
import type { Given } from './options.ts';
import { UsageError } from './usage-error.ts';

export interface Connection {
  readonly url: string;
  readonly client: Client;
  readonly lab: LabClient;
}

/** The balancer that was meant; nothing is called yet. */
export function connectionTo(url: string, token: string | undefined): Connection {
  const options = { baseUrl: url, actor: 'terminal', ...(token === undefined ? {} : { token }) };
  return { url, client: createClient(options), lab: createLabClient(options) };
}

export function connect(given: Given, environment: NodeJS.ProcessEnv): Connection {
  const url = given.text('url') ?? environment['BALANCER_URL'] ?? defaultUrl(environment);
  if (!/^https?:\/\/[^/\s]+\/?$/.test(url)) throw new UsageError(`--url takes http://HOST:PORT, not '${url}'`);
  return connectionTo(url, given.text('token') ?? environment['RINGMASTER_ADMIN_TOKEN']);
}

function defaultUrl(environment: NodeJS.ProcessEnv): string {
  return `http://127.0.0.1:${environment['RINGMASTER_PORT'] ?? 5000}`;
}

/** True when an error says that nobody listens there. */
export function isAbsent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && (error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND')) return true;
  if (error instanceof AggregateError && error.errors.some(isAbsent)) return true;
  return isAbsent(error.cause);
}

/** What a failed call means, and what to do about it. */
export function explain(error: unknown, url: string): string {
  if (isAbsent(error)) return `no balancer answers at ${url}: start one with 'ringmaster up', or say where with --url`;
  if (error instanceof ApiError) {
    if (error.code === 'unauthorized') return `${error.message}: give --token, or set RINGMASTER_ADMIN_TOKEN`;
    if (error.code === null && error.status === 404) return `what answers at ${url} is no Ringmaster balancer`;
    return error.message;
  }
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'ZodError' || error.name === '$ZodError') {
    return `what ${url} answered is not understood: a balancer of another version?`;
  }
  // `fetch failed` alone says nothing: the cause does.
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
