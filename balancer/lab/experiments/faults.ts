import type { ReplicaView } from '../../../lib/api/state.ts';
import type { Fault } from '../../../lib/lab/experiment.ts';
import type { Context } from './context.ts';
import type { Freezer } from './freezer.ts';

const SLOW = { rounds: 8, frozenMs: 400, thawedMs: 100 } as const;
const FLAP = { rounds: 3, frozenMs: 1000, thawedMs: 1000 } as const;

/** Does what is to go wrong, and resolves when that is over: at once for what is killed or frozen for good. */
export async function commitFault(
  fault: Fault,
  targets: readonly ReplicaView[],
  context: Context,
  freezer: Freezer | null,
): Promise<void> {
  if (fault === 'kill' || fault === 'all') {
    await Promise.all(targets.map((target) => context.subject.client.act(target.name, 'kill')));
    return;
  }
  if (freezer === null) throw new Error(`${fault} needs replicas that run here, as processes or containers`);
  if (fault === 'hang') for (const target of targets) await freezer.freeze(target);
  else await freezeInTurn(targets, context, freezer, fault === 'slow' ? SLOW : FLAP);
}

async function freezeInTurn(
  targets: readonly ReplicaView[],
  context: Context,
  freezer: Freezer,
  { rounds, frozenMs, thawedMs }: { readonly rounds: number; readonly frozenMs: number; readonly thawedMs: number },
): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const target of targets) await freezer.freeze(target);
    try {
      await context.sleep(frozenMs);
    } finally {
      for (const target of targets) await freezer.thaw(target);
    }
    await context.sleep(thawedMs);
  }
}
