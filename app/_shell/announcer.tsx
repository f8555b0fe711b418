'use client';

import { useLive } from '../_live/provider.tsx';
import { healthWords } from '../_ring/health-words.ts';

/** Says transitions aloud to screen readers, and nothing else: figures that change each second would drown them. */
export function Announcer() {
  const words = useLive(({ state }) => {
    if (state === null) return '';
    const { headline, detail } = healthWords(state.replicas, state.ring);
    return `${headline}: ${detail}`;
  });
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {words}
    </p>
  );
}
