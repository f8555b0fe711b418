import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RuntimeEvent } from '../../../core/ports.ts';
import { Engine } from './engine.ts';
import { EventWatch } from './event-watch.ts';
import { type FakeEngine, startFakeEngine } from './fake-engine.ts';

const START_MS = 1_700_000_000_000;
const forever = new AbortController().signal;
let fake: FakeEngine;
let engine: Engine;
let events: RuntimeEvent[];
let stop: AbortController;
let watching: Promise<void>;

beforeEach(async () => {
  fake = await startFakeEngine();
  engine = new Engine({ socketPath: fake.socketPath });
  events = [];
  stop = new AbortController();
  const onEvent = (event: RuntimeEvent): unknown => events.push(event);
  watching = new EventWatch({ engine, fleet: 'test', accept: () => true, onEvent }, START_MS).run(stop.signal);
  await expect.poll(() => fake.sinces).toHaveLength(1);
});

afterEach(async () => {
  stop.abort();
  await watching;
  await fake.dispose();
});

const kinds = (): readonly string[] => events.map(({ kind }) => kind);

test('ends, pauses and starts are told with the replica’s name and the reason', async () => {
  const named = { 'ringmaster.replica': 'S1' };
  fake.emit('start', 'a', START_MS + 1, named);
  fake.emit('pause', 'a', START_MS + 2, named);
  fake.emit('unpause', 'a', START_MS + 3, named);
  fake.emit('die', 'a', START_MS + 4, { ...named, exitCode: '137' });
  fake.emit('oom', 'b', START_MS + 5, named);
  fake.emit('die', 'b', START_MS + 6, { ...named, exitCode: '137' });
  await expect.poll(() => events).toHaveLength(5);
  expect(events).toEqual([
    { kind: 'started', id: 'a', name: 'S1' },
    { kind: 'paused', id: 'a', name: 'S1' },
    { kind: 'unpaused', id: 'a', name: 'S1' },
    { kind: 'exited', id: 'a', name: 'S1', reason: 'exit code 137 (SIGKILL)' },
    { kind: 'exited', id: 'b', name: 'S1', reason: 'out of memory' },
  ]);
});

test('after a broken stream it goes on from where it was: nothing missed, nothing twice, nothing lost told', async () => {
  fake.emit('start', 'a', START_MS + 1000);
  await expect.poll(kinds).toEqual(['started']);
  fake.breakStreams();
  fake.emit('pause', 'a', START_MS + 2000);
  await expect.poll(kinds).toEqual(['started', 'paused']);
  expect(fake.sinces).toEqual([(START_MS / 1000).toFixed(3), `${START_MS / 1000 + 1}.000000000`]);
});

test('a daemon that goes away is lost once, calls fail at once meanwhile, and what happened is told when it is back', async () => {
  await fake.stop();
  await expect.poll(kinds).toEqual(['lost']);
  const refused = engine.call('anything', forever, () => new Promise(() => {}));
  await expect(refused).rejects.toMatchObject({ code: 'unreachable' });
  fake.emit('die', 'a', START_MS + 10, { exitCode: '0' });
  await fake.start();
  await expect.poll(kinds).toEqual(['lost', 'back', 'exited']);
  expect(await engine.call('anything', forever, async () => 'done')).toBe('done');
});

test('a daemon that hangs is lost within 5 s, and gives up the calls under way', async () => {
  const before = performance.now();
  const hanging = engine
    .call('anything', forever, () => engine.request('GET', '/containers/json', forever))
    .catch((e) => e);
  await hanging;
  fake.hang(true);
  const stuck = engine.call('anything', forever, (signal) => engine.request('GET', '/containers/json', signal));
  await expect(stuck).rejects.toMatchObject({ code: 'unreachable' });
  expect(performance.now() - before).toBeLessThan(5000);
  expect(kinds()).toEqual(['lost']);
  fake.hang(false);
  await expect.poll(kinds, { timeout: 5000 }).toEqual(['lost', 'back']);
});

test('a daemon that reports deaths and then is gone was stopping: the deaths are its own', async () => {
  fake.hang(true);
  fake.emit('die', 'a', START_MS + 1, { exitCode: '0' });
  fake.emit('die', 'b', START_MS + 2, { exitCode: '0' });
  await expect.poll(kinds, { timeout: 8000 }).toEqual(['lost']);
});
