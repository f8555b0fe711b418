import { fillOf } from '../_ring/identity.ts';

/** A seat's colour and texture as a small square. Textures are defined once a page by `PagePatterns`. */
export function Swatch({ seat }: { readonly seat: number }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="inline-block size-3 shrink-0">
      <rect width="24" height="24" rx="6" style={{ fill: fillOf(seat) }} />
    </svg>
  );
}
