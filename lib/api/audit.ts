import { z } from 'zod';

/** Body of `POST /_ring/v1/sign-ins`: what a panel has to say about who came and went. `X-Ringmaster-Actor` says who. */
export const signInNote = z.strictObject({
  outcome: z.enum(['signed-in', 'failed', 'signed-out']),
  /** What they may do from then on; null when nothing. */
  role: z.enum(['operator', 'viewer']).nullable(),
});
export type SignInNote = z.infer<typeof signInNote>;

/** Its answer. */
export const noted = z.object({ noted: z.literal(true) });
