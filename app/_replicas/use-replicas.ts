'use client';

import { useDeferredValue } from 'react';
import type { ReplicaView } from '#lib/api/state.ts';
import { useLive } from '../_live/provider.tsx';
import { onlyFiguresDiffer } from './only-figures-differ.ts';

type Replicas = readonly ReplicaView[] | null;

/**
 * The replicas, null while they are not known. New figures, which come every second, are drawn when there is time between
 * frames; a new state of any of them at once.
 */
export function useReplicas(): Replicas {
  const now = useLive(({ state }) => state?.replicas ?? null);
  const before = useDeferredValue(now);
  return sameStates(before, now) ? before : now;
}

function sameStates(before: Replicas, now: Replicas): boolean {
  if (before === null || now === null || before.length !== now.length) return false;
  return now.every((replica, index) => {
    const known = before[index];
    return known !== undefined && onlyFiguresDiffer(known, replica);
  });
}
