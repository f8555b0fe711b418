'use client';

import { useCallback, useSyncExternalStore } from 'react';

const KEY = 'ringmaster-projector';

/** Larger type for a room: kept in this browser, set on the root element, which every size follows. */
export function useProjector() {
  const projector = useSyncExternalStore(
    subscribe,
    () => document.documentElement.dataset['projector'] === 'true',
    () => false,
  );
  const toggleProjector = useCallback(() => {
    const next = document.documentElement.dataset['projector'] !== 'true';
    localStorage.setItem(KEY, String(next));
    document.documentElement.dataset['projector'] = String(next);
    dispatchEvent(new Event(KEY));
  }, []);
  return { projector, toggleProjector };
}

function subscribe(changed: () => void): () => void {
  document.documentElement.dataset['projector'] = String(localStorage.getItem(KEY) === 'true');
  addEventListener(KEY, changed);
  return () => removeEventListener(KEY, changed);
}
