'use client';

import { useEffect, useState } from 'react';
import { useLiveStore } from './provider.tsx';

/** The balancer's time in ms, renewed every `everyMs`; the snapshot's own time on the server and at first paint. */
export function useNow(everyMs: number): number {
  const store = useLiveStore();
  const [now, setNow] = useState(() => store.initial().lastAt ?? 0);
  useEffect(() => {
    setNow(store.now());
    const timer = setInterval(() => setNow(store.now()), everyMs);
    return () => clearInterval(timer);
  }, [store, everyMs]);
  return now;
}
