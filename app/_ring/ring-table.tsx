'use client';

import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import type { RingView } from '#lib/api/state.ts';
import type { RingTable } from '#lib/ring/table.ts';
import { useLive } from '../_live/provider.tsx';

/**
 * The order of preference of every slot; null until the code for it is there. Both it and its 10 ms of work (at 56
 * replicas) wait until somebody asks about a slot: most visits never do.
 */
type LazyTable = (ring: RingView) => RingTable | null;
type Build = (ring: RingView) => RingTable;

const TableContext = createContext<LazyTable | null>(null);

/** Keeps one lookup table a ring for the whole page. Who serves may change without it; the order does not. */
export function RingTableProvider({ children }: { readonly children: ReactNode }) {
  const version = useLive(({ state }) => (state === null ? '' : `${state.balancer.bootId} ${state.ring.epoch}`));
  const [build, setBuild] = useState<Build | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new boot or epoch is what makes the kept table old
  const table = useMemo(() => keepOne(build, setBuild), [version, build]);
  return <TableContext value={table}>{children}</TableContext>;
}

function keepOne(build: Build | null, setBuild: (load: () => Build) => void): LazyTable {
  let kept: RingTable | null = null;
  let loading = false;
  return (ring) => {
    if (build !== null) {
      kept ??= build(ring);
    } else if (!loading && typeof window !== 'undefined') {
      loading = true;
      void import('#lib/ring/table.ts').then((module) => setBuild(() => module.ringTable));
    }
    return kept;
  };
}

export function useRingTable(): LazyTable {
  const table = use(TableContext);
  if (table === null) throw new Error('useRingTable outside RingTableProvider');
  return table;
}
