import type { ReplicaView } from '../../../lib/api/state.ts';
import type { Runtime } from '../../core/ports.ts';
import { RuntimeError } from '../../core/runtime-error.ts';

/** Stops a replica in its tracks and lets it go on, behind the balancer's back: it has to find out by itself. */
export interface Freezer {
  freeze(target: ReplicaView): Promise<void>;
  /** Of what has been replaced meanwhile: fine. */
  thaw(target: ReplicaView): Promise<void>;
}

/** Sends a signal to a process on this machine. */
type SendSignal = (pid: number, signal: 'SIGSTOP' | 'SIGCONT') => void;

/** For replicas that are processes of this machine. */
export function processFreezer(send: SendSignal = (pid, signal) => process.kill(pid, signal)): Freezer {
  return {
    freeze: async ({ name, instance }) => {
      if (!instance?.pid) throw new Error(`${name} has no process now`);
      send(instance.pid, 'SIGSTOP');
    },
    thaw: async ({ instance }) => {
      try {
        if (instance?.pid) send(instance.pid, 'SIGCONT');
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
      }
    },
  };
}

/** For containers, as `docker pause` by hand does it: numbers of processes mean nothing across containers. */
export function containerFreezer(runtime: Pick<Runtime, 'pause' | 'unpause'>): Freezer {
  const forever = new AbortController().signal;
  return {
    freeze: async ({ name, instance }) => {
      if (!instance) throw new Error(`${name} has no container now`);
      await runtime.pause(instance.id, forever);
    },
    thaw: async ({ instance }) => {
      if (instance) await runtime.unpause(instance.id, forever).catch(unlessGone);
    },
  };
}

function unlessGone(error: unknown): void {
  if (!(error instanceof RuntimeError && (error.code === 'not-found' || error.code === 'conflict'))) throw error;
}
