import type { Failure } from './contract.ts';

/**
 * A refusal as the contract words it, without a code: scripts compare the whole body. A file of its own, as the traffic
 * workers use it and have no use for schemas.
 */
export function failureOf(message: string): Failure {
  return { message: `<Error> ${message}`, status: 'failure' };
}
