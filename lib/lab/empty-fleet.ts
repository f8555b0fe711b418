import { classicRequestSlot } from '../ring/hash.ts';
import { SLOT_COUNT } from '../ring/types.ts';
import { compareFleet } from './compare-fleet.ts';
import { customFleet } from './custom-fleet.ts';
import { type HashPair, REQUEST_VARIABLES, reachedSlots, requestSlots, VIRTUAL_NODE_VARIABLES } from './custom-ring.ts';
import { emptyRingFleet, type Fleet } from './fleet.ts';
import type { Polynomial } from './polynomial.ts';
import { parsePolynomial } from './polynomial-parser.ts';
import type { Scheme } from './scheme.ts';

/** A fleet without replicas that works by the scheme. */
export function emptyFleet(scheme: Scheme, seed: number): Fleet {
  if (scheme.kind === 'ring') return emptyRingFleet(scheme.placement, seed);
  if (scheme.kind === 'custom') return customFleet(pairOf(scheme));
  return compareFleet(scheme.kind, []);
}

/** How many of the slots requests can fall on at all; null where keys are hashed, which reaches everything. */
export function reachOf(scheme: Scheme): number | null {
  if (scheme.kind === 'custom') return reachedSlots(requestSlots(pairOf(scheme).request));
  if (scheme.kind !== 'ring' || !scheme.placement.startsWith('classic')) return null;
  return reachedSlots(Array.from({ length: SLOT_COUNT }, (_, i) => classicRequestSlot(i)));
}

function pairOf({ request, virtualNode, probing }: Extract<Scheme, { kind: 'custom' }>): HashPair {
  return {
    request: parsed(request, REQUEST_VARIABLES),
    virtualNode: parsed(virtualNode, VIRTUAL_NODE_VARIABLES),
    probing,
  };
}

/** A scheme's texts were parsed when it came in. */
function parsed(text: string, variables: readonly string[]): Polynomial {
  const result = parsePolynomial(text, variables);
  if (result.ok) return result.polynomial;
  throw new Error(`${text}: ${result.message}`);
}
