import type { Verdict } from './judge.ts';

/**
 * Cases that end otherwise than promised, and why that stands. `safe`: nothing ambiguous gets past, another refusal or
 * none. `failed`: a rule is broken. docs/conformance.md lists them too.
 */
export const KNOWN_DEVIATIONS: ReadonlyMap<string, 'safe' | 'failed'> = new Map([
  // The general lane's parser (llhttp) knows no tab around this value: refused, although RFC 9110 5.5 allows it.
  ['te-valid/tabs-around', 'safe'],
  // Chunk extensions are dropped, not limited in sum (RFC 9112 7.1.1 says "ought to").
  ['chunk-odd/extension-everywhere', 'safe'],
  ['forwarded/forwarded-dropped', 'safe'],
  ['max-forwards/trace-body', 'safe'],
  ['max-forwards/options-zero', 'failed'],
  ['max-forwards/options-five', 'failed'],
  ['max-forwards/trace-zero', 'failed'],
  ['max-forwards/trace-five', 'failed'],
  ['cl-unreadable/no-break-space', 'failed'],
]);

interface Case {
  readonly id: string;
  readonly about: string;
  readonly rfc: string;
}

/** Undefined where the case went as promised, or as the known deviations say. */
export function complaint({ id, about, rfc }: Case, verdict: Verdict | undefined): string | undefined {
  if (verdict === undefined) return `${id} did not run`;
  if (verdict.kind === 'promised') return undefined;
  const known = KNOWN_DEVIATIONS.get(id);
  if (known === 'failed' || known === verdict.kind) return undefined;
  return `${id} (${about}, RFC ${rfc}): ${verdict.kind}: ${verdict.reasons.join(' | ')}`;
}
