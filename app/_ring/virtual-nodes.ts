import type { RingView } from '#lib/api/state.ts';
import { SLOT_COUNT } from '#lib/ring/types.ts';

/** A virtual node and the slots it stands for: those after its predecessor, up to itself. */
export interface Stretch {
  readonly node: number;
  readonly seat: number;
  readonly first: number;
  readonly length: number;
  /** Its slots that their owner does not answer for now. */
  readonly away: number;
  /** Of these, those that nobody answers for. */
  readonly unserved: number;
}

/** In slot order. */
export function stretchesOf({ virtualNodes, serving }: Pick<RingView, 'virtualNodes' | 'serving'>): Stretch[] {
  return virtualNodes.map(({ slot, seat }, index) => {
    const before = virtualNodes.at(index - 1)?.slot ?? slot;
    const length = (slot - before + SLOT_COUNT) % SLOT_COUNT || SLOT_COUNT;
    const slots = Array.from({ length }, (_, offset) => (before + 1 + offset) % SLOT_COUNT);
    const away = slots.filter((other) => serving[other] !== seat).length;
    const unserved = slots.filter((other) => serving[other] === 0).length;
    return { node: slot, seat, first: (before + 1) % SLOT_COUNT, length, away, unserved };
  });
}
