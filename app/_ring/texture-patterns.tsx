import { memo } from 'react';
import { identityOf, type Texture } from './identity.ts';

interface TexturePatternsProps {
  /** Seats whose fill is a texture; joined so that the same seats are the same prop. */
  readonly seats: string;
}

/**
 * SVG patterns for seats past the first ten, the hatch of each seat whose replica is away, and what health looks like
 * to those who see no difference between red and green.
 */
export const TexturePatterns = memo(function TexturePatterns({ seats }: TexturePatternsProps) {
  const numbers = seats === '' ? [] : seats.split(',').map(Number);
  return (
    <defs>
      {numbers.map((seat) => (
        <SeatPatterns key={seat} seat={seat} />
      ))}
      <CutPattern id="tone-warning" color="var(--warning)" texture="dots" />
      <CutPattern id="tone-critical" color="var(--critical)" texture="back-hatch" />
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
      {texture !== 'solid' && <CutPattern id={`seat-${seat}`} color={color} texture={texture} />}
    </>
  );
}

interface CutPatternProps {
  readonly id: string;
  readonly color: string;
  readonly texture: Texture;
}

/** A colour with a texture cut out of it. */
function CutPattern({ id, color, texture }: CutPatternProps) {
  return (
    <pattern id={id} width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(30)">
      <rect width="12" height="12" style={{ fill: color }} />
      <g style={{ fill: 'var(--ground)', stroke: 'var(--ground)' }}>{TEXTURE_MARKS[texture]}</g>
    </pattern>
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
