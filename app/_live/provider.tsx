'use client';

import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react';
import type { LifecycleEvent } from '#lib/api/events.ts';
import type { State } from '#lib/api/state.ts';
import { readRecentPast } from './recent-past.ts';
import { shareStream } from './share.ts';
import { LiveStore } from './store.ts';
import type { LiveView } from './view.ts';
import type { ViewSource } from './view-source.ts';

/** What the page shows: the present, or a past put in its place. */
const ShownContext = createContext<ViewSource | null>(null);
const PresentContext = createContext<LiveStore | null>(null);
const ReplaceContext = createContext<((past: ViewSource | null) => void) | null>(null);

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
  const [past, setPast] = useState<ViewSource | null>(null);
  return (
    <PresentContext value={store}>
      <ReplaceContext value={setPast}>
        <ShownContext value={past ?? store}>{children}</ShownContext>
      </ReplaceContext>
    </PresentContext>
  );
}

function provided<T>(value: T | null): T {
  if (value === null) throw new Error('outside LiveProvider');
  return value;
}

/** What the page is drawn from: nearly always the present. */
export function useViewSource(): ViewSource {
  return provided(use(ShownContext));
}

/** What happens now, whatever the page shows. */
export function usePresent(): LiveStore {
  return provided(use(PresentContext));
}

/** As long as the caller is on the page, everything on it is drawn from a past; null: from the present. */
export function useShownPast(past: ViewSource | null): void {
  const replace = provided(use(ReplaceContext));
  useEffect(() => {
    replace(past);
    return () => replace(null);
  }, [replace, past]);
}

/** A part of the live view. `select` has to give the same reference while nothing it reads has changed. */
export function useLive<T>(select: (view: LiveView) => T): T {
  const store = useViewSource();
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.view()),
    () => select(store.initial()),
  );
}
