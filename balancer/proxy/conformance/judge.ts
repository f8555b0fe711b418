import type { Ending, ExpectedRequest, Outcome, RequestCase } from './case.ts';
import type { Sighting } from './client.ts';
import type { Arrival, Journal } from './recording-replica.ts';
import { readAnswers, type StrictAnswer } from './strict-answer.ts';
import { type Field, valuesOf } from './strict-bytes.ts';

/** What was seen at both ends of a proxy. */
export interface Observation {
  readonly client: Sighting;
  readonly journal: Journal;
}

/**
 * `promised`: what Ringmaster says it does. `safe`: something else that harms nobody, to refuse a valid request for one.
 * `failed`: two meanings, a rule of an RFC broken, or a client that was let down.
 */
export type Verdict =
  | { readonly kind: 'promised' }
  | { readonly kind: 'safe' | 'failed'; readonly reasons: readonly string[] };

/** Any refusal is safe, whatever its status. */
const REFUSALS = Array.from({ length: 200 }, (_, i) => 400 + i);

export function judge(row: RequestCase, seen: Observation): Verdict {
  const reasons: string[] = [];
  for (const outcome of row.promised) {
    const reason = mismatch(outcome, seen);
    if (reason === undefined) return { kind: 'promised' };
    reasons.push(`${inWords(outcome)}: ${reason}`);
  }
  const isSafe = [...row.promised, ...row.alsoSafe]
    .flatMap(loosened)
    .some((outcome) => mismatch(outcome, seen) === undefined);
  return { kind: isSafe ? 'safe' : 'failed', reasons };
}

/** To refuse is always safe, with whatever status or with no word at all. */
function loosened(outcome: Outcome): Outcome[] {
  const refusal: Ending = { kind: 'refused', status: REFUSALS };
  const started = outcome.ending.kind === 'open' ? outcome.forwarded.slice(0, -1) : outcome.forwarded;
  const refused = { ...outcome, forwarded: started, ending: refusal };
  return [outcome, refused, { ...refused, ending: { kind: 'dropped' } }];
}

function inWords(outcome: Outcome): string {
  const { ending, forwarded } = outcome;
  const status = 'status' in ending ? ` ${ending.status.join('/')}` : '';
  return `${forwarded.length} forwarded, then ${ending.kind}${status}`;
}

/** Why this is not what was seen; undefined where it is. */
export function mismatch(outcome: Outcome, { client, journal }: Observation): string | undefined {
  if (journal.malformed.length > 0) return `the replica could not read: ${journal.malformed[0]}`;
  if (journal.unfinishedOpen > 0) return 'the replica still waits for the rest of a request';
  if (journal.unfinishedEnded > 0 && !outcome.mayStart) return 'the replica saw the beginning of a request';
  return arrivalMismatch(outcome.forwarded, journal.arrivals) ?? answerMismatch(outcome, client, journal.arrivals);
}

/** Why these are not the requests that were to arrive; undefined where they are. */
export function arrivalMismatch(
  expected: readonly ExpectedRequest[],
  arrivals: readonly Arrival[],
): string | undefined {
  if (arrivals.length !== expected.length) {
    const targets = arrivals.map(({ request }) => `${request.method} ${request.target.slice(0, 40)}`);
    return `${arrivals.length} requests arrived instead of ${expected.length}: ${targets.slice(0, 5).join(', ')}`;
  }
  for (const [i, arrival] of arrivals.entries()) {
    const reason = requestMismatch(expected[i], arrival);
    if (reason !== undefined) return `request ${i + 1}: ${reason}`;
  }
  return undefined;
}

function requestMismatch(expected: ExpectedRequest | undefined, { request }: Arrival): string | undefined {
  if (expected === undefined) return 'nobody sent it';
  const { method, target, host, body, fields } = request;
  if (method !== expected.method || target !== expected.target) return `${method} ${target.slice(0, 60)}`;
  if (expected.host !== undefined && !expected.host.includes(host)) return `Host ${host}`;
  if ((expected.body ?? '') !== body) return `a body of ${body.length} bytes`;
  return fieldMismatch(expected.fields ?? {}, fields);
}

function fieldMismatch(expected: ExpectedRequest['fields'] & {}, fields: readonly Field[]): string | undefined {
  for (const [name, wanted] of Object.entries(expected)) {
    const values = valuesOf(fields, name);
    if (!fits(wanted, values)) return `${name} is ${values.length === 0 ? 'absent' : JSON.stringify(values)}`;
  }
  return undefined;
}

/** null: absent; a pattern or text: the joined values. */
export function fits(wanted: string | RegExp | null, values: readonly string[]): boolean {
  if (wanted === null) return values.length === 0;
  const joined = values.join(', ');
  return values.length > 0 && (typeof wanted === 'string' ? joined === wanted : wanted.test(joined));
}

function answerMismatch(outcome: Outcome, client: Sighting, arrivals: readonly Arrival[]): string | undefined {
  const methods = outcome.forwarded.map(({ method }) => method);
  const { answers, end, reason, rest } = readAnswers(client.bytes, methods, client.closed);
  if (end === 'malformed') return `the client could not read its answer: ${reason}`;
  if (rest !== '') return `the client got ${JSON.stringify(rest.slice(0, 60))} as well`;
  for (const [i, arrival] of arrivals.entries()) {
    const reason = ownerMismatch(answers[i], arrival);
    if (reason !== undefined) return `answer ${i + 1}: ${reason}`;
  }
  return endingMismatch(outcome.ending, answers.slice(arrivals.length), client.closed);
}

/** The replica's answers carry the number of the request they belong to. */
function ownerMismatch(answer: StrictAnswer | undefined, arrival: Arrival): string | undefined {
  if (answer === undefined) return 'is missing';
  const seq = valuesOf(answer.fields, 'x-seq').join();
  if (seq === String(arrival.seq)) return undefined;
  return seq === '' ? `is ${answer.status} by the proxy` : 'belongs to another request';
}

function endingMismatch(ending: Ending, own: readonly StrictAnswer[], closed: boolean): string | undefined {
  const statuses = own.map(({ status }) => status);
  if ('status' in ending) {
    const [status = 0] = statuses;
    if (statuses.length !== 1 || !ending.status.includes(status))
      return `answers of its own: ${statuses.join(', ') || 'none'}`;
    return closed || ending.kind === 'answered' ? undefined : 'the connection is still open';
  }
  if (statuses.length > 0) return `answers of its own: ${statuses.join(', ')}`;
  return closed || ending.kind === 'open' ? undefined : 'the connection is still open';
}
