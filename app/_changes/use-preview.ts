'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLive } from '../_live/provider.tsx';
import { askPreview } from './api.ts';
import { type Proposal, previewSearch } from './change.ts';

/** What a proposal would do, asked again whenever the ring or who serves it changes. */
export function usePreview(proposal: Proposal | null) {
  const fleet = useLive(({ state }) =>
    state === null
      ? ''
      : `${state.ring.epoch} ${state.replicas.map((replica) => `${replica.seat}${replica.available}`)}`,
  );
  const search = proposal === null ? '' : previewSearch(proposal).toString();
  return useQuery({
    queryKey: ['preview', search, fleet],
    queryFn: ({ signal }) => {
      if (proposal === null) throw new Error('nothing to ask about');
      return askPreview(proposal, signal);
    },
    enabled: proposal !== null,
    placeholderData: keepPreviousData,
    staleTime: 2_000,
  });
}
