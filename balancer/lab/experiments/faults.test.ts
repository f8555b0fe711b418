import { expect, test } from 'vitest';
import type { Client } from '../../../lib/client/client.ts';
import type { Fault } from '../../../lib/lab/experiment.ts';
import { RuntimeError } from '../../core/runtime-error.ts';
import type { Context } from './context.ts';
import { commitFault } from './faults.ts';
import { containerFreezer, type Freezer, processFreezer } from './freezer.ts';

/** A context that writes down what is done, in order; its sleeps end at once, or reject the given one. */
function recording(failingSleep = -1) {
  const done: string[] = [];
  let sleeps = 0;
  const client = {
    act: async (name: string, action: string) => done.push(`${action} ${name}`),
  };
  const context = {
    subject: { origin: '', client: client as unknown as Client, headers: {} },
    sleep: async (ms: number) => {
      done.push(`${ms} ms`);
      if (sleeps++ === failingSleep) throw new Error('cancelled');
    },
  } as unknown as Context;
  const target = { name: 'S1', instance: { id: 'c1', pid: 77 } } as Parameters<typeof commitFault>[1][number];
  const processes = processFreezer((pid, signal) => void done.push(`${signal} ${pid}`));
  const containers = containerFreezer({
    pause: async (id) => void done.push(`pause ${id}`),
    unpause: async (id) => void done.push(`unpause ${id}`),
  });
  const commit = (fault: Fault, freezer: Freezer | null) => commitFault(fault, [target], context, freezer);
  return { done, commit, processes, containers };
}

test('a kill is ordered through the API, whatever the replicas are', async () => {
  const { done, commit } = recording();
  await commit('kill', null);
  expect(done).toEqual(['kill S1']);
});

test('what hangs is frozen behind the balancer’s back and never thawed', async () => {
  const { done, commit, processes, containers } = recording();
  await commit('hang', processes);
  await commit('hang', containers);
  expect(done).toEqual(['SIGSTOP 77', 'pause c1']);
});

test('a flapping process is frozen and thawed three times', async () => {
  const { done, commit, processes } = recording();
  await commit('flap', processes);
  const turn = ['SIGSTOP 77', '1000 ms', 'SIGCONT 77', '1000 ms'];
  expect(done).toEqual([...turn, ...turn, ...turn]);
});

test('a slow container is paused and unpaused by its id', async () => {
  const { done, commit, containers } = recording();
  await commit('slow', containers);
  expect(done.slice(0, 4)).toEqual(['pause c1', '400 ms', 'unpause c1', '100 ms']);
});

test('whatever was frozen is thawed when the run is cancelled', async () => {
  const { done, commit, processes } = recording(2);
  await expect(commit('flap', processes)).rejects.toThrow('cancelled');
  expect(done.at(-1)).toBe('SIGCONT 77');
});

test('what was replaced while it was frozen is no error', async () => {
  const { commit } = recording();
  const gone = Object.assign(new Error('no such process'), { code: 'ESRCH' });
  const processes = processFreezer((_pid, signal) => {
    if (signal === 'SIGCONT') throw gone;
  });
  await commit('flap', processes);
  const unpause = () => Promise.reject(new RuntimeError('not-found', 'no such container'));
  await commit('flap', containerFreezer({ pause: async () => undefined, unpause }));
});

test.each(['hang', 'slow', 'flap'] as const)(
  '%s is refused where replicas run elsewhere, in words that help',
  async (fault) => {
    const { done, commit } = recording();
    await expect(commit(fault, null)).rejects.toThrow(/processes or containers/);
    expect(done).toEqual([]);
  },
);
