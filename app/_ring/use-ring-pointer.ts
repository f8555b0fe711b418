'use client';

import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { RingView } from '#lib/api/state.ts';
import { SLOT_COUNT } from '#lib/ring/types.ts';
import { SIZE, slotAt } from './geometry.ts';
import { useSelection } from './selection.tsx';

type VirtualNodes = Pick<RingView, 'virtualNodes'>;

/** Slots that a key moves by. */
const STEPS: ReadonlyMap<string, number> = new Map([
  ['ArrowRight', 1],
  ['ArrowUp', 1],
  ['ArrowLeft', -1],
  ['ArrowDown', -1],
  ['PageUp', 16],
  ['PageDown', -16],
]);

/** One handler for the whole ring: an angle is a slot. Returns what the ring's element listens to. */
export function useRingPointer(ring: RingView) {
  const { selection, select } = useSelection();
  const pressed = useRef<number | null>(null);
  const slotOf = (event: PointerEvent): number | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const scale = SIZE / box.width;
    const x = (event.clientX - box.left - box.width / 2) * scale;
    return slotAt(x, (event.clientY - box.top - box.height / 2) * scale);
  };
  return {
    onPointerMove: (event: PointerEvent) => select({ hovered: slotOf(event) }),
    onPointerLeave: () => select({ hovered: null }),
    onPointerDown: (event: PointerEvent) => {
      pressed.current = slotOf(event);
    },
    onClick: () => select({ slot: pressed.current === selection.slot ? null : pressed.current, key: '' }),
    onKeyDown: (event: KeyboardEvent) => {
      const slot = slotAfterKey(event.key, selection.slot ?? 0, ring);
      if (slot === undefined) return;
      event.preventDefault();
      select({ slot, key: '', hovered: null });
    },
  };
}

/** Where a key leads from a slot: undefined for keys that are not ours, null to let go. */
export function slotAfterKey(key: string, slot: number, ring: VirtualNodes): number | null | undefined {
  const step = STEPS.get(key);
  if (step !== undefined) return (slot + step + SLOT_COUNT) % SLOT_COUNT;
  switch (key) {
    case 'Home':
      return 0;
    case 'End':
      return SLOT_COUNT - 1;
    case 'Enter':
      return slot;
    case 'Escape':
      return null;
    case 'n':
    case 'N':
      return virtualNodeAfter(slot, ring);
    case 'p':
    case 'P':
      return virtualNodeBefore(slot, ring);
    default:
      return undefined;
  }
}

function virtualNodeAfter(slot: number, { virtualNodes }: VirtualNodes): number {
  return virtualNodes.find((node) => node.slot > slot)?.slot ?? virtualNodes[0]?.slot ?? slot;
}

function virtualNodeBefore(slot: number, { virtualNodes }: VirtualNodes): number {
  return virtualNodes.findLast((node) => node.slot < slot)?.slot ?? virtualNodes.at(-1)?.slot ?? slot;
}
