import { memo } from 'react';
import { identityOf, type Texture } from './identity.ts';

interface TexturePatternsProps {
  /** Seats whose fill is a texture; joined so that the same seats are the same prop. */
  readonly seats: string;
}

/** SVG patterns for seats past the first ten, and the hatch of each seat whose replica is away. */
export const TexturePatterns = memo(function TexturePatterns({ seats }: TexturePatternsProps) {
  const numbers = seats === '' ? [] : seats.split(',').map(Number);
  return (
    <defs>
      {numbers.map((seat) => (
        <SeatPatterns key={seat} seat={seat} />
      ))}
    </defs>
  );
});

function SeatPatterns({ seat }: { readonly seat: number }) {
  const { color, texture } = identityOf(seat);
  return (
    <>
      <pattern id={`away-${seat}`} width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="9" height="9" style={{ fill: color }} opacity="0.1" />
        <rect width="2" height="9" style={{ fill: color }} opacity="0.85" />
      </pattern>
      {texture !== 'solid' && (
        <pattern id={`seat-${seat}`} width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(30)">
          <rect width="12" height="12" style={{ fill: color }} />
          <g style={{ fill: 'var(--ground)', stroke: 'var(--ground)' }}>{TEXTURE_MARKS[texture]}</g>
        </pattern>
      )}
    </>
  );
}

/** What is cut out of the colour, in a tile of 12 x 12. */
const TEXTURE_MARKS: Readonly<Record<Texture, React.ReactNode>> = {
  solid: null,
  hatch: <rect width="4" height="12" stroke="none" opacity="0.62" />,
  dots: <circle cx="6" cy="6" r="3.2" stroke="none" opacity="0.7" />,
  'back-hatch': <rect width="12" height="4" stroke="none" opacity="0.62" />,
  rings: <circle cx="6" cy="6" r="3.4" fill="none" strokeWidth="2" opacity="0.75" />,
  cross: <path d="M0 6H12M6 0V12" strokeWidth="2.4" opacity="0.6" />,
};
