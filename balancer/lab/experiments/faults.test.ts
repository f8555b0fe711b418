import { expect, test } from 'vitest';
import type { Client } from '../../../lib/client/client.ts';
import type { Fault } from '../../../lib/lab/experiment.ts';
import type { Context } from './context.ts';
import { commitFault } from './faults.ts';

/** A context that writes down what is done, in order; its sleeps end at once, or reject the given one. */
function recording(kind: 'process' | 'docker' | 'static', failingSleep = -1) {
  const done: string[] = [];
  let sleeps = 0;
  const client = {
    act: async (name: string, action: string) => done.push(`${action} ${name}`),
    state: async () => ({ balancer: { runtime: { kind } } }),
  };
  const context = {
    subject: { origin: '', client: client as unknown as Client, headers: {} },
    sleep: async (ms: number) => {
      done.push(`${ms} ms`);
      if (sleeps++ === failingSleep) throw new Error('cancelled');
    },
  } as unknown as Context;
  const target = { name: 'S1', instance: { pid: 77 } } as Parameters<typeof commitFault>[1][number];
  const commit = (fault: Fault, send = (pid: number, signal: string): void => void done.push(`${signal} ${pid}`)) =>
    commitFault(fault, [target], context, send);
  return { done, commit };
}

test('a kill is ordered through the API, whatever the replicas are', async () => {
  for (const kind of ['process', 'docker'] as const) {
    const { done, commit } = recording(kind);
    await commit('kill');
    expect(done).toEqual(['kill S1']);
  }
});

test('a process that hangs is frozen behind the balancer’s back and never thawed', async () => {
  const { done, commit } = recording('process');
  await commit('hang');
  expect(done).toEqual(['SIGSTOP 77']);
});

test('a flapping process is frozen and thawed three times', async () => {
  const { done, commit } = recording('process');
  await commit('flap');
  const turn = ['SIGSTOP 77', '1000 ms', 'SIGCONT 77', '1000 ms'];
  expect(done).toEqual([...turn, ...turn, ...turn]);
});

test('a container is paused by its runtime: numbers of processes mean nothing across containers', async () => {
  const { done, commit } = recording('docker');
  await commit('slow');
  expect(done.slice(0, 4)).toEqual(['pause S1', '400 ms', 'unpause S1', '100 ms']);
  expect(done.some((what) => what.includes('77'))).toBe(false);
});

test('whatever was frozen is thawed when the run is cancelled', async () => {
  const { done, commit } = recording('process', 2);
  await expect(commit('flap')).rejects.toThrow('cancelled');
  expect(done.at(-1)).toBe('SIGCONT 77');
});

test('a process that was replaced while it was frozen is no error', async () => {
  const { commit } = recording('process');
  const gone = Object.assign(new Error('no such process'), { code: 'ESRCH' });
  await commit('flap', (_pid, signal) => {
    if (signal === 'SIGCONT') throw gone;
  });
});

test.each([
  ['hang', 'docker', /docker pause/],
  ['hang', 'static', /processes of this machine/],
  ['flap', 'static', /processes of this machine/],
] as const)('%s is refused for %s replicas, in words that help', async (fault, kind, message) => {
  const { done, commit } = recording(kind);
  await expect(commit(fault)).rejects.toThrow(message);
  expect(done).toEqual([]);
});
