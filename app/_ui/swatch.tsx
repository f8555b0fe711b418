import { fillOf } from '../_ring/identity.ts';

/** A seat's colour and texture as a small square. Textures are defined once a page by `PagePatterns`. */
export function Swatch({ seat }: { readonly seat: number }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className="inline-block size-3 shrink-0">
      <rect width="12" height="12" rx="3" style={{ fill: fillOf(seat) }} />
    </svg>
  );
}
