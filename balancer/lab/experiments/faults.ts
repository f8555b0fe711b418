import type { ReplicaView } from '../../../lib/api/state.ts';
import type { Fault } from '../../../lib/lab/experiment.ts';
import type { Context } from './context.ts';

const SLOW_ROUNDS = 8;
const SLOW_FROZEN_MS = 400;
const SLOW_THAWED_MS = 100;
const FLAP_ROUNDS = 3;
const FLAP_MS = 1000;

/** Sends a signal to a process on this machine. */
export type SendSignal = (pid: number, signal: 'SIGSTOP' | 'SIGCONT') => void;

/** Does what is to go wrong, and resolves when that is over: at once for what is killed or frozen for good. */
export async function commitFault(
  fault: Fault,
  targets: readonly ReplicaView[],
  context: Context,
  send: SendSignal,
): Promise<void> {
  switch (fault) {
    case 'kill':
    case 'all':
      await Promise.all(targets.map((target) => context.subject.client.act(target.name, 'kill')));
      return;
    case 'hang':
      for (const target of targets) send(pidOf(target), 'SIGSTOP');
      return;
    case 'slow':
      return freezeInTurn(targets, context, send, {
        rounds: SLOW_ROUNDS,
        frozenMs: SLOW_FROZEN_MS,
        thawedMs: SLOW_THAWED_MS,
      });
    case 'flap':
      return freezeInTurn(targets, context, send, { rounds: FLAP_ROUNDS, frozenMs: FLAP_MS, thawedMs: FLAP_MS });
  }
}

async function freezeInTurn(
  targets: readonly ReplicaView[],
  context: Context,
  send: SendSignal,
  { rounds, frozenMs, thawedMs }: { readonly rounds: number; readonly frozenMs: number; readonly thawedMs: number },
): Promise<void> {
  const pids = targets.map(pidOf);
  try {
    for (let round = 0; round < rounds; round++) {
      for (const pid of pids) send(pid, 'SIGSTOP');
      await context.sleep(frozenMs);
      for (const pid of pids) sendIfThere(send, pid, 'SIGCONT');
      await context.sleep(thawedMs);
    }
  } finally {
    for (const pid of pids) sendIfThere(send, pid, 'SIGCONT');
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
  throw new Error(`${name} has no process on this machine that could be frozen: only kill and all work here`);
}
