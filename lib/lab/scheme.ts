import { z } from 'zod';
import { PLACEMENTS } from '../ring/types.ts';
import { PROBINGS, REQUEST_VARIABLES, VIRTUAL_NODE_VARIABLES } from './custom-ring.ts';
import { formatPolynomial } from './polynomial.ts';
import { parsePolynomial } from './polynomial-parser.ts';

function polynomialText(variables: readonly string[]) {
  return z
    .string()
    .max(200)
    .transform((text, context) => {
      const parsed = parsePolynomial(text, variables);
      if (parsed.ok) return formatPolynomial(parsed.polynomial);
      context.addIssue({ code: 'custom', message: `${parsed.message} (at sign ${parsed.at + 1})` });
      return z.NEVER;
    });
}

/** The assignment's own pair, with H and Φ typed in by a user. Texts come out in normal form. */
export const customScheme = z.object({
  kind: z.literal('custom'),
  /** H(i). */
  request: polynomialText(REQUEST_VARIABLES),
  /** Φ(i, j). */
  virtualNode: polynomialText(VIRTUAL_NODE_VARIABLES),
  probing: z.enum(PROBINGS).default('linear'),
});

/** A way to spread requests over replicas: what the balancer can run, a custom pair, or one to compare with. */
export const scheme = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ring'), placement: z.enum(PLACEMENTS) }),
  customScheme,
  z.object({ kind: z.enum(['ketama', 'maglev', 'rendezvous']) }),
]);
export type Scheme = z.infer<typeof scheme>;

/** Everything that is compared when nothing else is asked for. */
export const ALL_SCHEMES: readonly Scheme[] = [
  ...PLACEMENTS.map((placement) => ({ kind: 'ring' as const, placement })),
  { kind: 'ketama' },
  { kind: 'maglev' },
  { kind: 'rendezvous' },
];

export function schemeLabel(given: Scheme): string {
  if (given.kind === 'ring') return given.placement;
  if (given.kind !== 'custom') return given.kind;
  return `H=${given.request}, Φ=${given.virtualNode}, ${given.probing}`;
}
