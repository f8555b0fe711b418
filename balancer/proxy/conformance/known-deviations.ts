import type { Entry } from './entry.ts';
import type { Verdict } from './judge.ts';

/**
 * Cases that end otherwise than promised, by entry and id. `safe`: nothing ambiguous gets past, another refusal or none.
 * `failed`: a rule is broken. docs/conformance.md lists them too.
 */
export const KNOWN_DEVIATIONS: ReadonlyMap<string, 'safe' | 'failed'> = new Map([
  // Absent without --via: many servers behind one that says Via send nothing compressed.
  ['as-written via/added', 'safe'],
  ['split via/added', 'safe'],
  ['general via/added', 'safe'],
  // undici cannot say Expect, so the general lane answers 100 itself; chunked bodies go there.
  ['as-written expect/passed-on-chunked', 'safe'],
  ['split expect/passed-on-chunked', 'safe'],
  ['general expect/passed-on-chunked', 'safe'],
  ['general expect/passed-on', 'safe'],
  ['general expect/passed-on-at-once', 'safe'],
  // undici reads the answer here; what it overlooks ahead of the status and in extensions frames nothing.
  ['general answer-line/http-2', 'safe'],
  ['general answer-line/http-0.9', 'safe'],
  ['general answer-line/crlf-ahead', 'safe'],
  ['general answer-chunks/extension-long', 'safe'],
  // undici takes an unexpected 100 for a failure: 502.
  ['general answer-interim/100', 'safe'],
]);

/** Valid requests and good answers that the general lane handles otherwise than the fast lane does. */
export const KNOWN_DIFFERENCES: ReadonlySet<string> = new Set([
  // undici cannot say OPTIONS *; only with an odd Connection or Max-Forwards would it come this way: 501.
  'target/options-asterisk',
  // undici takes an unexpected 100 for a failure: 502.
  'answer-interim/100',
]);

/**
 * A websocket is opened by the fast lane only: with an odd Connection it stays a plain request, as RFC 9110 7.8 allows.
 * Nor is the replica asked there what a client expects: its 100 would be one that nobody asked for.
 */
const FAST_ONLY = new Set(['answer-upgrade', 'answer-expect']);

export function isForLane(entry: Entry, { family }: { readonly family: string }): boolean {
  return entry !== 'general' || !FAST_ONLY.has(family);
}

interface Case {
  readonly id: string;
  readonly about: string;
  readonly rfc: string;
}

/** Undefined where the case went as promised, or as the known deviations say. */
export function complaint({ id, about, rfc }: Case, entry: Entry, verdict: Verdict | undefined): string | undefined {
  if (verdict === undefined) return `${id} did not run`;
  if (verdict.kind === 'promised') return undefined;
  const known = KNOWN_DEVIATIONS.get(`${entry} ${id}`);
  if (known === 'failed' || known === verdict.kind) return undefined;
  return `${id} (${about}, RFC ${rfc}): ${verdict.kind}: ${verdict.reasons.join(' | ')}`;
}
