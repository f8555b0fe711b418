'use client';

import { startTransition, useEffect, useState } from 'react';
import { useViewSource } from './provider.tsx';
import type { LiveView } from './view.ts';

/**
 * As `useLive`, but so many animation frames after what is shown at once: what changes with every second of figures is
 * drawn part by part, so that no single frame has to carry all of it.
 */
export function useLiveLater<T>(frames: number, select: (view: LiveView) => T): T {
  const store = useViewSource();
  const [shown, setShown] = useState(() => ({ value: select(store.initial()) }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `select` is written where it is used, and new with every drawing
  useEffect(() => {
    let frame = 0;
    let left = 0;
    const step = (): void => {
      frame = 0;
      if (left-- > 0) frame = requestAnimationFrame(step);
      else startTransition(() => setShown((before) => keepOrTake(before, select(store.view()))));
    };
    const begin = (): void => {
      if (frame !== 0) return;
      left = frames;
      step();
    };
    begin();
    const leave = store.subscribe(begin);
    return () => {
      leave();
      cancelAnimationFrame(frame);
    };
  }, [store, frames]);
  return shown.value;
}

function keepOrTake<T>(before: { readonly value: T }, value: T): { readonly value: T } {
  return before.value === value ? before : { value };
}
