import type { ZodError } from 'zod';
import { type ChangeRequest, changeRequest } from '../../lib/api/contract.ts';
import { accepted, type Result, refused } from '../../lib/api/errors.ts';
import { MAX_REPLICAS } from '../../lib/ring/types.ts';

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function explain(error: ZodError, body: Record<string, unknown>): Result<never> {
  const issue = error.issues[0];
  if (issue?.path[0] === 'n') return refused('bad-count', `n must be a whole number from 1 to ${MAX_REPLICAS}`);
  const index = issue?.path[1];
  const names: unknown = body['hostnames'];
  if (typeof index !== 'number' || !Array.isArray(names))
    return refused('bad-name', 'hostnames must be a list of names');
  const shown = JSON.stringify(names[index])?.slice(0, 80);
  return refused('bad-name', `Hostname ${shown} is no valid hostname label`);
}

/** Reads the body of `/add` and `/rm`. The count of names is judged first, as the contract's texts have it. */
export function parseChange(text: string, change: 'added' | 'removed'): Result<ChangeRequest> {
  const body = parseJson(text);
  if (!isObject(body)) return refused('bad-request', 'The body must be a JSON object');
  const { n, hostnames } = body;
  if (Number.isInteger(n) && Array.isArray(hostnames) && Number(n) >= 1 && hostnames.length > Number(n)) {
    const what = change === 'added' ? 'newly added' : 'removable';
    return refused('too-many-names', `Length of hostname list is more than ${what} instances`);
  }
  const parsed = changeRequest.safeParse(body);
  return parsed.success ? accepted(parsed.data) : explain(parsed.error, body);
}
