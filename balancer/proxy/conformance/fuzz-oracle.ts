import type { Observation } from './judge.ts';
import type { Arrival } from './recording-replica.ts';
import { readAnswers, type StrictAnswer } from './strict-answer.ts';
import { type Field, listOf, valuesOf } from './strict-bytes.ts';
import { type Conversation, type StrictRequest, sameHost } from './strict-request.ts';

/**
 * "Never two meanings": what a strict reader finds in the client's bytes as k requests reaches the replica as the same
 * requests in the same order, or is refused; and answer i belongs to request i.
 */
export function problemOf(meant: Conversation, seen: Observation): string | undefined {
  const { journal, client } = seen;
  if (journal.malformed.length > 0) return `the replica could not read: ${journal.malformed[0]}`;
  if (journal.unfinishedOpen > 0) return 'the replica still waits for the rest of a request';
  const placed = place(meant.requests, journal.arrivals);
  if (typeof placed === 'string') return placed;
  const methods = meant.requests.map(({ method }) => method);
  const answers = readAnswers(client.bytes, methods, client.closed);
  if (answers.end === 'malformed') return `the client could not read its answer: ${answers.reason}`;
  return ownership(answers.answers, journal.arrivals, placed);
}

/** A conversation without a fault has to be served to its end. */
export function isServed(meant: Conversation, { client, journal }: Observation): boolean {
  const methods = meant.requests.map(({ method }) => method);
  const { answers } = readAnswers(client.bytes, methods, client.closed);
  return answers.length === meant.requests.length && journal.arrivals.length === meant.requests.length;
}

/** Which request each arrival is; a text says why one is none of them, or out of order. */
function place(requests: readonly StrictRequest[], arrivals: readonly Arrival[]): readonly number[] | string {
  const places: number[] = [];
  let from = 0;
  for (const { request } of arrivals) {
    const found = requests.findIndex((meant, i) => i >= from && difference(meant, request) === undefined);
    if (found < 0)
      return `arrived: ${request.method} ${request.target.slice(0, 60)}: ${differences(requests[from], request)}`;
    places.push(found);
    from = found + 1;
  }
  return places;
}

function differences(meant: StrictRequest | undefined, arrived: StrictRequest): string {
  return meant === undefined ? 'nobody sent it' : (difference(meant, arrived) ?? 'out of order');
}

/** Belong to the connection, or are ours to set. */
const NOT_PASSED_ON = new Set([
  'connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding',
  'upgrade', 'content-length', 'host', 'expect', 'max-forwards', 'forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host',
]); // biome-ignore format: a table of words reads better in rows
/** Naming them in Connection takes nothing away. */
const PROTECTED = new Set(['cookie', 'authorization']);

/** Why the request that arrived is not the one that was meant; undefined where it is. */
export function difference(meant: StrictRequest, arrived: StrictRequest): string | undefined {
  if (meant.method !== arrived.method || meant.target !== arrived.target) return 'another request line';
  if (endsHere(meant)) return 'Max-Forwards lets it go no further';
  if (meant.body !== arrived.body) return `a body of ${arrived.body.length} bytes for ${meant.body.length}`;
  // It may end here, and is never made up.
  const expected = valuesOf(arrived.fields, 'expect').join();
  if (expected !== '' && expected !== valuesOf(meant.fields, 'expect').join()) return `Expect ${expected}`;
  // HTTP/1.0 without Host: whatever the proxy calls the replica will do.
  if (meant.host !== '' && !sameHost(meant.host, arrived.host)) return `Host ${arrived.host}`;
  const named = new Set(listOf(meant.fields, 'connection').filter((name) => !PROTECTED.has(name)));
  const stays = ({ name }: Field) => !NOT_PASSED_ON.has(name) && !named.has(name);
  for (const name of new Set([...meant.fields, ...arrived.fields].filter(stays).map((field) => field.name))) {
    const before = valuesOf(meant.fields, name).join(', ');
    const after = valuesOf(arrived.fields, name).join(', ');
    if (before !== after && name !== 'cookie') return `${name}: ${JSON.stringify(after)} for ${JSON.stringify(before)}`;
  }
  return undefined;
}

/** RFC 9110, 7.6.2. */
function endsHere({ method, fields }: StrictRequest): boolean {
  const isLimited = method === 'OPTIONS' || method === 'TRACE';
  return isLimited && /^0+$/.test(valuesOf(fields, 'max-forwards').join());
}

function ownership(
  answers: readonly StrictAnswer[],
  arrivals: readonly Arrival[],
  places: readonly number[],
): string | undefined {
  for (const [i, answer] of answers.entries()) {
    const seq = valuesOf(answer.fields, 'x-seq').join();
    if (seq === '') continue;
    const arrival = arrivals.findIndex((one) => String(one.seq) === seq);
    if (places[arrival] !== i) return `answer ${i + 1} belongs to request ${(places[arrival] ?? -1) + 1}`;
  }
  return undefined;
}
