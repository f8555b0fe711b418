import { type ErrorCode, type Refusal, type Result, refused } from '../../lib/api/errors.ts';
import type { PlanRefusal } from '../core/fleet-plan.ts';
import { messageOf } from '../core/log.ts';
import { RuntimeError, type RuntimeErrorCode } from '../core/runtime-error.ts';

const CODE_OF: Readonly<Record<RuntimeErrorCode, ErrorCode>> = {
  'not-found': 'conflict',
  'name-taken': 'name-taken',
  unreachable: 'runtime-unreachable',
  'image-missing': 'start-failed',
  'start-failed': 'start-failed',
  unsupported: 'unsupported',
  conflict: 'conflict',
};

/** What the client is told of a runtime's failure. */
export function runtimeRefusal(error: unknown): Refusal {
  if (error instanceof RuntimeError) return { code: CODE_OF[error.code], message: error.message };
  return { code: 'start-failed', message: messageOf(error) };
}

/** What the client is told of a change that cannot be planned. The first two texts are the contract's. */
export function planRefusal(refusal: PlanRefusal): Result<never> {
  switch (refusal.kind) {
    case 'too-many-names':
      return refused(
        'too-many-names',
        `Length of hostname list is more than ${refusal.change === 'add' ? 'newly added' : 'removable'} instances`,
      );
    case 'name-repeated':
      return refused('name-repeated', `Hostname '${refusal.name}' is listed more than once`);
    case 'name-taken':
      return refused('name-taken', `Hostname '${refusal.name}' is taken by a replica`);
    case 'name-unknown':
      return refused('name-unknown', `Hostname '${refusal.name}' is no replica`);
    case 'too-many':
      return refused('too-many', tooManyWords(refusal));
  }
}

function tooManyWords({ change, limit }: { readonly change: 'add' | 'remove'; readonly limit: number }): string {
  if (change === 'remove') return `At most ${limit} replicas can be removed`;
  return limit === 0 ? 'The ring is full: no replica can be added' : `At most ${limit} more replicas can be added`;
}
