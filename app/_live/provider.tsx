'use client';

import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react';
import type { LifecycleEvent } from '#lib/api/events.ts';
import type { State } from '#lib/api/state.ts';
import { readRecentPast } from './recent-past.ts';
import { shareStream } from './share.ts';
import { LiveStore } from './store.ts';
import type { LiveView } from './view.ts';

const LiveContext = createContext<LiveStore | null>(null);

/** A hidden page paints nothing: then a timer publishes instead of the next frame. */
function schedule(publish: () => void): void {
  if (document.visibilityState === 'visible') requestAnimationFrame(publish);
  else setTimeout(publish, 100);
}

interface LiveProviderProps {
  readonly initial: State | null;
  readonly events: readonly LifecycleEvent[];
  readonly children: ReactNode;
}

export function LiveProvider({ initial, events, children }: LiveProviderProps) {
  const [store] = useState(() => new LiveStore({ wallTime: () => Date.now(), schedule }, initial, events));
  useEffect(() => {
    const ended = new AbortController();
    void shareStream(store, ended.signal);
    void readRecentPast(store, ended.signal);
    return () => ended.abort();
  }, [store]);
  return <LiveContext value={store}>{children}</LiveContext>;
}

export function useLiveStore(): LiveStore {
  const store = use(LiveContext);
  if (store === null) throw new Error('useLiveStore outside LiveProvider');
  return store;
}

/** A part of the live view. `select` has to give the same reference while nothing it reads has changed. */
export function useLive<T>(select: (view: LiveView) => T): T {
  const store = useLiveStore();
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.view()),
    () => select(store.initial()),
  );
}
