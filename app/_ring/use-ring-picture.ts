'use client';

import { useMemo } from 'react';
import type { ReplicaStatus, RingView } from '#lib/api/state.ts';
import { useLive } from '../_live/provider.tsx';
import { type Arc, arcsOf, bandOf, comparisonOf, type RingMode } from './arcs.ts';
import { useSelection } from './selection.tsx';

interface RingPicture {
  readonly arcs: readonly Arc[];
  readonly band: readonly Arc[];
}

/** What is drawn of the ring in a mode, or of the change that is asked about; the same object while it looks the same. */
export function useRingPicture({ owner, serving }: RingView, mode: RingMode): RingPicture {
  const { preview } = useSelection().selection;
  const previous = useLive((view) => view.previousRing);
  const statuses = useLive((view) => view.state?.replicas.map(({ seat, status }) => `${seat}:${status}`).join() ?? '');
  const shown = preview === null ? mode : 'change';
  return useMemo(() => {
    const comparison = comparisonOf({ owner }, previous, preview);
    const picture = { owner, serving };
    return {
      arcs: arcsOf(shown, picture, statusMap(statuses), comparison),
      band: bandOf(shown, picture, comparison),
    };
  }, [owner, serving, previous, preview, shown, statuses]);
}

function statusMap(joined: string): Map<number, ReplicaStatus> {
  return new Map(
    joined.split(',').map((entry) => {
      const [seat, status] = entry.split(':');
      return [Number(seat), status as ReplicaStatus];
    }),
  );
}
