'use client';

import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import type { Preview } from '#lib/api/admin.ts';
import type { RingMode } from './arcs.ts';

/** What is picked out on every view of the ring at once: ring, grid, tables and the change being considered. */
export interface Selection {
  readonly mode: RingMode;
  /** Seat whose replica is picked out; the rest turns grey. */
  readonly seat: number | null;
  /** Slot pinned by a click, a key or the keyboard. */
  readonly slot: number | null;
  /** The key that led to the slot; empty without one. */
  readonly key: string;
  /** Slot under the pointer. */
  readonly hovered: number | null;
  /** The change asked about, while its sheet is open. */
  readonly preview: Preview | null;
}

export interface SelectionControls {
  readonly selection: Selection;
  readonly select: (change: Partial<Selection>) => void;
}

const NOTHING: Selection = { mode: 'owner', seat: null, slot: null, key: '', hovered: null, preview: null };

const SelectionContext = createContext<SelectionControls | null>(null);

export function SelectionProvider({ children }: { readonly children: ReactNode }) {
  const [selection, setSelection] = useState(NOTHING);
  const controls = useMemo(
    () => ({
      selection,
      select: (change: Partial<Selection>) => setSelection((current) => merge(current, change)),
    }),
    [selection],
  );
  return <SelectionContext value={controls}>{children}</SelectionContext>;
}

/** The same object when nothing differs, so that moving within a slot draws nothing. */
function merge(current: Selection, change: Partial<Selection>): Selection {
  const next = { ...current, ...change };
  const keys = Object.keys(next) as (keyof Selection)[];
  return keys.every((key) => next[key] === current[key]) ? current : next;
}

export function useSelection(): SelectionControls {
  const controls = use(SelectionContext);
  if (controls === null) throw new Error('useSelection outside SelectionProvider');
  return controls;
}
