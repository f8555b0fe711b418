import { z } from 'zod';
import { MAX_REPLICAS } from '../ring/types.ts';

/** A replica's name is a hostname label and a container name: letters, digits, `_`, `.`, `-`; at most 63 long. */
export const replicaName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/, {
  error: ({ input }) => `${JSON.stringify(input)?.slice(0, 80)} is no valid hostname label`,
});

/** Body of `POST /add` and `DELETE /rm`. */
export const changeRequest = z.object({
  n: z.int().min(1).max(MAX_REPLICAS),
  hostnames: z.array(replicaName).optional(),
});
export type ChangeRequest = z.infer<typeof changeRequest>;

/** `GET /rep`, and the answer of `/add` and `/rm`. */
export const replicaList = z.object({
  message: z.object({ N: z.int(), replicas: z.array(z.string()) }),
  status: z.literal('successful'),
});
export type ReplicaList = z.infer<typeof replicaList>;

/** Every refusal, of the contract and of the admin API. `message` starts with `<Error> `. */
export const failure = z.object({
  message: z.string(),
  status: z.literal('failure'),
  /** A stable code of `ERROR_CODES`; only under `/_ring/`. */
  code: z.string().optional(),
});
export type Failure = z.infer<typeof failure>;
