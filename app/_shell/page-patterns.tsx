'use client';

import { useLive } from '../_live/provider.tsx';
import { TexturePatterns } from '../_ring/texture-patterns.tsx';

/** Textures of every seat in use, defined once for all drawings of the page. */
export function PagePatterns() {
  const seats = useLive(({ state }) => {
    const members = state?.ring.members.map((member) => member.seat) ?? [];
    const replicas = state?.replicas.map((replica) => replica.seat) ?? [];
    return [...new Set([...members, ...replicas])].sort((a, b) => a - b).join(',');
  });
  return (
    <svg width="0" height="0" aria-hidden="true" className="absolute">
      <TexturePatterns seats={seats} />
    </svg>
  );
}
