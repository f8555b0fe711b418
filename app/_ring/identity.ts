/** A seat's looks, for life: one of ten colours, and past ten the same again with a texture. */
export interface Identity {
  /** A CSS colour. */
  readonly color: string;
  readonly texture: Texture;
}

export const TEXTURES = ['solid', 'hatch', 'dots', 'back-hatch', 'rings', 'cross'] as const;
export type Texture = (typeof TEXTURES)[number];

export const COLOR_COUNT = 10;

/** `seat` is 1..127. Colour goes round every ten seats, texture every sixty. */
export function identityOf(seat: number): Identity {
  const index = seat - 1;
  return {
    color: `var(--seat-${(index % COLOR_COUNT) + 1})`,
    texture: TEXTURES[Math.floor(index / COLOR_COUNT) % TEXTURES.length] ?? 'solid',
  };
}

/** The fill of a seat's arcs: its colour, or the pattern that `TexturePatterns` defines for it. */
export function fillOf(seat: number): string {
  if (seat === 0) return 'var(--raised)';
  const { color, texture } = identityOf(seat);
  return texture === 'solid' ? color : `url(#seat-${seat})`;
}
