import { expect, test } from 'vitest';
import { StaticRuntime } from './static-runtime.ts';

const forever = new AbortController().signal;
const runtime = new StaticRuntime(
  [
    { host: '10.0.0.1', port: 80 },
    { host: '::1', port: 81 },
  ],
  1234,
);

test('upstreams are listed in their order, named and seated, always running', async () => {
  expect(await runtime.list(forever)).toEqual([
    {
      id: 'static-1-10.0.0.1:80',
      name: 'S1',
      seat: 1,
      address: { host: '10.0.0.1', port: 80 },
      state: 'running',
      standby: false,
      origin: '10.0.0.1:80',
      pid: null,
      startedAt: 1234,
    },
    expect.objectContaining({ name: 'S2', seat: 2, origin: '[::1]:81', address: { host: '::1', port: 81 } }),
  ]);
});

test.each([
  ['start', () => runtime.start()],
  ['stop', () => runtime.stop()],
  ['kill', () => runtime.kill()],
  ['pause', () => runtime.pause()],
  ['unpause', () => runtime.unpause()],
  ['restart', () => runtime.restart()],
  ['remove', () => runtime.remove()],
  [
    'logs',
    async () => {
      for await (const _line of runtime.logs());
    },
  ],
  [
    'stats',
    async () => {
      for await (const _sample of runtime.stats());
    },
  ],
])('%s is refused as unsupported', async (_name, action) => {
  await expect(action()).rejects.toMatchObject({ name: 'RuntimeError', code: 'unsupported' });
});

test('watching ends when it is aborted', async () => {
  const stop = new AbortController();
  const watching = runtime.watch(() => {}, stop.signal);
  stop.abort();
  await expect(watching).resolves.toBeUndefined();
});
