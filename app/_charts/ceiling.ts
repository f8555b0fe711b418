const FACTORS = [1, 2, 4, 6, 8, 10] as const;

/** A round number above the data whose half is round too, so that the axis does not twitch with every second. At least 2. */
export function ceiling(most: number): number {
  const wanted = Math.max(2, most * 1.05);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return (FACTORS.find((factor) => factor * power >= wanted) ?? 10) * power;
}
