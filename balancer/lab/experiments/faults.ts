import type { ReplicaView, State } from '../../../lib/api/state.ts';
import type { Fault } from '../../../lib/lab/experiment.ts';
import type { Context } from './context.ts';

const SLOW = { rounds: 8, frozenMs: 400, thawedMs: 100 } as const;
const FLAP = { rounds: 3, frozenMs: 1000, thawedMs: 1000 } as const;

/** Sends a signal to a process on this machine. */
export type SendSignal = (pid: number, signal: 'SIGSTOP' | 'SIGCONT') => void;

/** Stops a replica in its tracks, and lets it go on. */
interface Freezer {
  freeze(target: ReplicaView): Promise<void>;
  thaw(target: ReplicaView): Promise<void>;
}

/** Does what is to go wrong, and resolves when that is over: at once for what is killed or frozen for good. */
export async function commitFault(
  fault: Fault,
  targets: readonly ReplicaView[],
  context: Context,
  send: SendSignal,
): Promise<void> {
  if (fault === 'kill' || fault === 'all') {
    await Promise.all(targets.map((target) => context.subject.client.act(target.name, 'kill')));
    return;
  }
  const { kind } = (await context.subject.client.state()).balancer.runtime;
  const freezer = freezerFor(fault, kind, context, send);
  if (fault === 'hang') for (const target of targets) await freezer.freeze(target);
  else await freezeInTurn(targets, context, freezer, fault === 'slow' ? SLOW : FLAP);
}

type RuntimeKind = State['balancer']['runtime']['kind'];

function freezerFor(fault: Fault, kind: RuntimeKind, context: Context, send: SendSignal): Freezer {
  if (kind === 'process') return processFreezer(send);
  if (kind === 'docker' && fault !== 'hang') return containerFreezer(context);
  const instead = kind === 'docker' ? "; freeze a container behind its back with 'docker pause'" : '';
  throw new Error(`${fault} needs replicas that are processes of this machine${instead}`);
}

/** Behind the balancer's back: it has to find out. */
function processFreezer(send: SendSignal): Freezer {
  return {
    freeze: async (target) => send(pidOf(target), 'SIGSTOP'),
    thaw: async (target) => sendIfThere(send, pidOf(target), 'SIGCONT'),
  };
}

/** Numbers of processes mean nothing across containers, so the runtime is asked. */
function containerFreezer({ subject }: Context): Freezer {
  return {
    freeze: async ({ name }) => void (await subject.client.act(name, 'pause')),
    thaw: async ({ name }) => void (await subject.client.act(name, 'unpause')),
  };
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

/** It may have been replaced meanwhile. */
function sendIfThere(send: SendSignal, pid: number, signal: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    send(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function pidOf({ name, instance }: ReplicaView): number {
  if (instance?.pid) return instance.pid;
  throw new Error(`${name} has no process now`);
}
