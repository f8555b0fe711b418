import { nearestClockwise } from '../ring/clockwise.ts';
import { type Member, SLOT_COUNT, VIRTUAL_NODES, type VirtualNode } from '../ring/types.ts';
import { evaluateModulo, type Polynomial } from './polynomial.ts';

export const PROBINGS = ['linear', 'quadratic'] as const;
/** How a taken slot is resolved: the next ones in turn, or by growing steps (t² + t) / 2, which reach every slot. */
export type Probing = (typeof PROBINGS)[number];

/** H over the request id `i`, Φ over the seat `i` and the virtual node's number `j`. */
export interface HashPair {
  readonly request: Polynomial;
  readonly virtualNode: Polynomial;
  readonly probing: Probing;
}

export const REQUEST_VARIABLES = ['i'];
export const VIRTUAL_NODE_VARIABLES = ['i', 'j'];

/** The slot of every request id, by its remainder modulo SLOT_COUNT: a polynomial depends on nothing more. */
export function requestSlots(request: Polynomial): Uint16Array {
  return Uint16Array.from({ length: SLOT_COUNT }, (_, i) => evaluateModulo(request, [i], SLOT_COUNT));
}

/** How many of the slots a request function reaches at all. */
export function reachedSlots(slots: ArrayLike<number>): number {
  return new Set(Array.from(slots)).size;
}

/** Who owns each slot when members are placed by Φ, one after another. */
export function customOwners(members: readonly Member[], { virtualNode, probing }: HashPair): number[] {
  const taken = new Set<number>();
  const nodes: VirtualNode[] = [];
  for (const { seat } of members) {
    for (let j = 1; j <= VIRTUAL_NODES; j++) {
      const home = evaluateModulo(virtualNode, [seat, j], SLOT_COUNT);
      let slot = home;
      for (let t = 1; taken.has(slot); t++) slot = (home + distance(probing, t)) % SLOT_COUNT;
      taken.add(slot);
      nodes.push({ slot, seat });
    }
  }
  return nearestClockwise(nodes);
}

function distance(probing: Probing, t: number): number {
  return probing === 'linear' ? t : (t * (t + 1)) / 2;
}
