'use client';

import { useEffect, useState } from 'react';
import { type PreviousLog, previousLogAnswer } from '#lib/api/admin.ts';
import type { ReplicaView } from '#lib/api/state.ts';
import { callPanel } from '../_changes/api.ts';

/** What the replica's instance before had printed; read again when one comes or goes. */
export function usePreviousLog({ name, instance, status, restarts }: ReplicaView): PreviousLog | null {
  const [previous, setPrevious] = useState<PreviousLog | null>(null);
  const life = `${instance?.id} ${status} ${restarts}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again with each turn of its life
  useEffect(() => {
    const stop = new AbortController();
    callPanel(`/api/replicas/${encodeURIComponent(name)}/previous-log`, previousLogAnswer, { signal: stop.signal })
      .then((answer) => setPrevious(answer.previous))
      // A runtime without logs has none of this either, and what is shown stays true.
      .catch(() => undefined);
    return () => stop.abort();
  }, [name, life]);
  return previous;
}
