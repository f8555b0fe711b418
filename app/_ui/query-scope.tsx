'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { usePresent } from '../_live/provider.tsx';

/** Where nobody answered, as while the computer changes its network, it is asked again: after 1, 2 and 4 s. */
const MOST_RETRIES = 3;

function isWorthRetrying(failures: number, error: Error): boolean {
  return failures < MOST_RETRIES && 'status' in error && error.status === 0;
}

/** The panel may run on this very machine: it is asked even when the browser thinks that it is offline. */
const DEFAULTS = { queries: { retry: isWorthRetrying, networkMode: 'always' } } as const;

/**
 * For parts that ask the panel questions; the overview's first paint does without. What could not be read is read when
 * the balancer is back.
 */
export function QueryScope({ children }: { readonly children: ReactNode }) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: DEFAULTS }));
  const present = usePresent();
  useEffect(() => {
    const isLive = (): boolean => present.view().connection === 'live';
    let wasLive = isLive();
    return present.subscribe(() => {
      if (!wasLive && isLive()) void queries.refetchQueries({ predicate: ({ state }) => state.status === 'error' });
      wasLive = isLive();
    });
  }, [present, queries]);
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}
