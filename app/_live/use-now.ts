'use client';

import { useEffect, useState } from 'react';
import { useViewSource } from './provider.tsx';

/** The balancer's time in ms, renewed every `everyMs` (in a replay the time shown, rounded up to that); the snapshot's own time on the server and at first paint. */
export function useNow(everyMs: number): number {
  const store = useViewSource();
  const [now, setNow] = useState(() => store.initial().lastAt ?? 0);
  useEffect(() => {
    setNow(shownTime(store.now(), store.ticking ? 1 : everyMs));
    if (!store.ticking) return store.subscribe(() => setNow(shownTime(store.now(), everyMs)));
    const timer = setInterval(() => setNow(store.now()), everyMs);
    return () => clearInterval(timer);
  }, [store, everyMs]);
  return now;
}

/** In the past time moves with what is shown; who counts in seconds need not be drawn again with every step. */
function shownTime(at: number, everyMs: number): number {
  return everyMs < 1_000 ? at : Math.ceil(at / everyMs) * everyMs;
}
