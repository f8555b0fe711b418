'use client';

import { createContext, type ReactNode, use, useMemo } from 'react';
import type { RingView } from '#lib/api/state.ts';
import { type RingTable, ringTable } from '#lib/ring/table.ts';
import { useLive } from '../_live/provider.tsx';

/** Builds the table when first asked: it takes up to 10 ms for 56 replicas, and most pages never ask. */
type LazyTable = (ring: RingView) => RingTable;

const TableContext = createContext<LazyTable | null>(null);

/** Keeps one lookup table a ring for the whole page. Who serves may change without it; the order does not. */
export function RingTableProvider({ children }: { readonly children: ReactNode }) {
  const version = useLive(({ state }) => (state === null ? '' : `${state.balancer.bootId} ${state.ring.epoch}`));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new boot or epoch is what makes the kept table old
  const table = useMemo(() => keepOne(), [version]);
  return <TableContext value={table}>{children}</TableContext>;
}

function keepOne(): LazyTable {
  let kept: RingTable | null = null;
  return (ring) => {
    kept ??= ringTable(ring);
    return kept;
  };
}

export function useRingTable(): LazyTable {
  const table = use(TableContext);
  if (table === null) throw new Error('useRingTable outside RingTableProvider');
  return table;
}
