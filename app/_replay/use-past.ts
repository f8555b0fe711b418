'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { usePresent, useShownPast } from '../_live/provider.tsx';
import { readPast } from './past.ts';
import { PastStore } from './past-store.ts';
import { PastViewer } from './past-viewer.ts';
import { pieceOf } from './window.ts';

/** A piece that is still being lived through is read again this often, ms. */
const RENEW_MS = 2_000;
const KEPT_MS = 60_000;

function questionOf(at: number) {
  const { from, to } = pieceOf(at);
  return {
    queryKey: ['past', from],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) => readPast(from, to, signal),
    gcTime: KEPT_MS,
  };
}

/** Draws the whole page from a moment of the past. Until that is read, what was drawn before stays. */
export function usePast(at: number | null): { readonly error: Error | null; readonly reading: boolean } {
  const present = usePresent();
  const queries = useQueryClient();
  const [store] = useState(() => new PastStore());
  useShownPast(store);
  const { from, to } = pieceOf(at ?? 0);
  const past = useQuery({
    ...questionOf(at ?? 0),
    enabled: at !== null,
    staleTime: ({ state }) => ((state.data?.to ?? 0) >= to ? Number.POSITIVE_INFINITY : RENEW_MS),
    // Only who comes close to the present needs more than was known when the piece was read.
    refetchInterval: ({ state }) => ((state.data?.to ?? 0) >= Math.min(to, (at ?? 0) + RENEW_MS) ? false : RENEW_MS),
  });
  const balancer = present.view().state?.balancer ?? null;
  const viewer = useMemo(
    () => (past.data === undefined || balancer === null ? null : new PastViewer(past.data, balancer)),
    [past.data, balancer],
  );
  const there = viewer !== null && at !== null && viewer.past.from <= at;
  useEffect(() => {
    if (there) store.show(viewer.at(Math.min(at, viewer.past.to)), at);
  }, [there, viewer, store, at]);
  // The next piece is read ahead, so that playing does not stop for it.
  useEffect(() => {
    if (from > 0 && to < present.now()) void queries.prefetchQuery({ ...questionOf(to), staleTime: RENEW_MS });
  }, [from, to, queries, present]);
  return { error: past.error, reading: !there };
}
