import { SLOT_COUNT } from './types.ts';

/** The slot `steps` clockwise of another; negative steps go the other way. */
export function slotAt(slot: number, steps: number): number {
  return (slot + steps) & (SLOT_COUNT - 1);
}
