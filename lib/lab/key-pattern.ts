import { z } from 'zod';

const keyCount = z.int().min(1).max(1_000_000);

/** Which keys requests carry, each a whole number. */
export const keyPattern = z.discriminatedUnion('kind', [
  /** No key: the balancer walks its slots. */
  z.object({ kind: z.literal('none') }),
  /** A random six-digit id for each request, as the assignment has it. */
  z.object({ kind: z.literal('random') }),
  z.object({ kind: z.literal('sequential') }),
  /** Each of `keys` keys equally often. */
  z.object({ kind: z.literal('uniform'), keys: keyCount }),
  /** The r-th of `keys` keys with a weight of r^-exponent: few keys make most of the traffic. */
  z.object({ kind: z.literal('zipf'), keys: keyCount, exponent: z.number().min(0.1).max(4) }),
]);
export type KeyPattern = z.infer<typeof keyPattern>;

/** As it is typed in a terminal: `none`, `random`, `sequential`, `uniform:1000`, `zipf:1000:1.1`. Null if it is none of these. */
export function parseKeyPattern(text: string): KeyPattern | null {
  const [kind, keys, exponent, ...rest] = text.split(':');
  if (rest.length > 0) return null;
  const parsed = keyPattern.safeParse({
    kind,
    keys: keys === undefined ? 1000 : Number(keys),
    exponent: exponent === undefined ? 1.1 : Number(exponent),
  });
  return parsed.success ? parsed.data : null;
}

/** The inverse of `parseKeyPattern`. */
export function formatKeyPattern(pattern: KeyPattern): string {
  if (pattern.kind === 'uniform') return `uniform:${pattern.keys}`;
  if (pattern.kind === 'zipf') return `zipf:${pattern.keys}:${pattern.exponent}`;
  return pattern.kind;
}
