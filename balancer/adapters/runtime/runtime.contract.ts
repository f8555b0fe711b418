import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Address, Instance, LogLine, Runtime } from '../../core/ports.ts';
import type { RuntimeErrorCode } from '../../core/runtime-error.ts';
import { type EventRecord, recordEvents } from './event-record.ts';

/** A place for replicas of the sample server, with its lab switched on. */
export interface RuntimeHarness {
  /** A runtime object on the same fleet each time, as a restarted balancer has it. */
  create(): Runtime;
  /** A replica name that nobody else uses. */
  name(label: string): string;
  /** What is left of the fleet outside of the runtime's own knowledge: files, processes, containers. */
  leftovers(): Promise<readonly string[]>;
  dispose(): Promise<void>;
}

const forever = new AbortController().signal;
const never = 'no instance has this id';

export function runtimeContract(kind: string, createHarness: () => Promise<RuntimeHarness>): void {
  describe(`the ${kind} runtime`, () => {
    let harness: RuntimeHarness;
    let runtime: Runtime;
    let watcher: EventRecord;

    // Tests share a fleet that is empty between them: to make a network for each takes an Engine longer than a replica.
    beforeAll(async () => {
      harness = await createHarness();
      runtime = harness.create();
      await runtime.prepare(forever);
    });
    beforeEach(() => {
      watcher = recordEvents(runtime);
    });

    afterEach(async () => {
      await watcher.end();
      for (const { id } of await runtime.list(forever)) await runtime.remove(id, forever);
      expect(await harness.leftovers()).toEqual([]);
    });
    afterAll(async () => {
      await runtime.close();
      await harness.dispose();
    });

    const start = async (label: string): Promise<Instance> => {
      const instance = await runtime.start({ name: harness.name(label), seat: 3 }, forever);
      await answers(instance.address);
      return instance;
    };
    const find = async (id: string, from = runtime): Promise<Instance | undefined> =>
      (await from.list(forever)).find((instance) => instance.id === id);

    test('a started replica serves under its name at its address, and is listed', async () => {
      const instance = await start('a');
      expect(await (await fetch(url(instance.address, '/home'))).json()).toEqual({
        message: `Hello from Server: ${harness.name('a')}`,
        status: 'successful',
      });
      expect(instance).toMatchObject({ name: harness.name('a'), seat: 3, state: 'running' });
      expect(Math.abs(Date.now() - instance.startedAt)).toBeLessThan(10_000);
      expect(await find(instance.id)).toEqual(instance);
      await watcher.sees({ kind: 'started', id: instance.id, name: instance.name });
    });

    test('replicas started together get addresses of their own', async () => {
      const names = ['a', 'b', 'c'].map((label) => harness.name(label));
      const started = await Promise.all(names.map((name, i) => runtime.start({ name, seat: i + 1 }, forever)));
      for (const instance of started) {
        await answers(instance.address);
        expect(await (await fetch(url(instance.address, '/home'))).text()).toContain(instance.name);
      }
      expect(new Set(started.map(({ id }) => id)).size).toBe(3);
    });

    test('stop lets a request in flight finish; what has stopped stays listed, and may be stopped again', async () => {
      const instance = await start('a');
      const slow = fetch(url(instance.address, '/lab/delay?ms=400'));
      await inFlight(instance.address);
      await runtime.stop(instance.id, 10_000, forever);
      expect((await slow).status).toBe(200);
      await watcher.sees({ kind: 'exited', id: instance.id });
      expect(await find(instance.id)).toMatchObject({ state: 'exited' });
      await runtime.stop(instance.id, 10_000, forever);
    });

    test('stop kills what has not ended when the grace is over', async () => {
      const instance = await start('a');
      const slow = fetch(url(instance.address, '/lab/delay?ms=60000')).catch((error: Error) => error.message);
      await inFlight(instance.address);
      const before = performance.now();
      await runtime.stop(instance.id, 1000, forever);
      expect(performance.now() - before).toBeGreaterThan(900);
      expect(performance.now() - before).toBeLessThan(8000);
      expect(await slow).toBe('fetch failed');
    });

    test('a killed replica is reported, and its name is free at once for the next', async () => {
      const first = await start('a');
      await runtime.kill(first.id, forever);
      const event = await watcher.sees({ kind: 'exited', id: first.id, name: first.name });
      expect(event).toHaveProperty('reason', expect.stringMatching(/SIGKILL|137/));
      const second = await start('a');
      expect(second.id).not.toBe(first.id);
      expect(second.name).toBe(first.name);
      expect(await find(first.id)).toMatchObject({
        state: 'exited',
        seat: 3,
        name: expect.not.stringMatching(new RegExp(`^${first.name}$`)),
      });
      expect((await lines(runtime, first.id)).map(({ text }) => text)).toContainEqual(
        expect.stringMatching(/listening/),
      );
    });

    test('a replica that exits by itself is reported with its code', async () => {
      const instance = await start('a');
      await fetch(url(instance.address, '/lab/exit?code=7')).then((answer) => answer.text());
      expect(await watcher.sees({ kind: 'exited', id: instance.id })).toHaveProperty(
        'reason',
        expect.stringMatching(/\b7\b/),
      );
    });

    test('a name that runs is taken', async () => {
      const instance = await start('a');
      await refuses(runtime.start({ name: instance.name, seat: 4 }, forever), 'name-taken');
      await answers(instance.address);
      expect(await runtime.list(forever)).toHaveLength(1);
    });

    test('pausing freezes a replica and unpausing lets it go on; doing either twice is a conflict', async () => {
      const instance = await start('a');
      await runtime.pause(instance.id, forever);
      await watcher.sees({ kind: 'paused', id: instance.id });
      expect(await find(instance.id)).toMatchObject({ state: 'paused' });
      await refuses(runtime.pause(instance.id, forever), 'conflict');
      const asked = fetch(url(instance.address, '/heartbeat'));
      await runtime.unpause(instance.id, forever);
      await watcher.sees({ kind: 'unpaused', id: instance.id });
      expect((await asked).status).toBe(200);
      await refuses(runtime.unpause(instance.id, forever), 'conflict');
    });

    test('a paused replica can be stopped, and ends gracefully', async () => {
      const instance = await start('a');
      await runtime.pause(instance.id, forever);
      await runtime.stop(instance.id, 10_000, forever);
      expect((await lines(runtime, instance.id)).map(({ text }) => text)).toContainEqual(
        expect.stringMatching(/: stopped$/),
      );
    });

    test('a paused replica can be killed and removed', async () => {
      const instance = await start('a');
      await runtime.pause(instance.id, forever);
      await runtime.kill(instance.id, forever);
      await watcher.sees({ kind: 'exited', id: instance.id });
      await runtime.remove(instance.id, forever);
      expect(await find(instance.id)).toBeUndefined();
    });

    test('a restart keeps the identity and serves again', async () => {
      const instance = await start('a');
      const again = await runtime.restart(instance.id, 5000, forever);
      await answers(again.address);
      expect(again).toMatchObject({ id: instance.id, name: instance.name, seat: 3, state: 'running' });
      expect(again.startedAt).toBeGreaterThan(instance.startedAt);
      await runtime.kill(again.id, forever);
      await watcher.sees({ kind: 'exited', id: instance.id, reason: expect.stringMatching(/SIGKILL|137/) });
    });

    test('removing a running replica ends it; removing it again, or what never was, is fine', async () => {
      const instance = await start('a');
      await runtime.remove(instance.id, forever);
      expect(await find(instance.id)).toBeUndefined();
      await expect(fetch(url(instance.address, '/heartbeat'), limited(3000))).rejects.toThrow();
      await runtime.remove(instance.id, forever);
      await runtime.remove(never, forever);
    });

    test('what is unknown is not found', async () => {
      await refuses(runtime.stop(never, 100, forever), 'not-found');
      await refuses(runtime.kill(never, forever), 'not-found');
      await refuses(runtime.pause(never, forever), 'not-found');
      await refuses(runtime.unpause(never, forever), 'not-found');
      await refuses(runtime.restart(never, 100, forever), 'not-found');
      await refuses(lines(runtime, never), 'not-found');
    });

    test('what has exited can be neither killed nor paused', async () => {
      const instance = await start('a');
      await runtime.stop(instance.id, 5000, forever);
      await refuses(runtime.kill(instance.id, forever), 'conflict');
      await refuses(runtime.pause(instance.id, forever), 'conflict');
      await refuses(runtime.unpause(instance.id, forever), 'conflict');
    });

    test('logs begin with the last lines, go on with new ones and end with the replica', async () => {
      const instance = await start('a');
      const before = await lines(runtime, instance.id);
      expect(before).toMatchObject([{ stream: 'stdout', text: expect.stringMatching(/listening on/) }]);
      expect(Math.abs(Date.now() - (before[0]?.at ?? 0))).toBeLessThan(10_000);
      expect(await lines(runtime, instance.id, 0)).toEqual([]);
      const texts: string[] = [];
      for await (const { text } of runtime.logs(instance.id, { tail: 1, follow: true }, forever)) {
        // Only when its first line is there is it followed: what stops before is all of it the past.
        if (texts.length === 0) await runtime.stop(instance.id, 5000, forever);
        texts.push(text.replace(/^.*: /, ''));
      }
      expect(texts).toEqual([expect.stringMatching(/^listening/), 'stopping on SIGTERM', 'stopped']);
    });

    test('what an instance printed can be read after its end, until it is removed', async () => {
      const instance = await start('a');
      await runtime.stop(instance.id, 5000, forever);
      expect((await lines(runtime, instance.id)).at(-1)?.text).toMatch(/stopped$/);
      await runtime.remove(instance.id, forever);
      await expect(lines(runtime, instance.id)).rejects.toMatchObject({ code: 'not-found' });
    });

    test('logs that are followed end when nobody wants them any longer', async () => {
      const instance = await start('a');
      const stop = new AbortController();
      const following = collect(runtime.logs(instance.id, { tail: 10, follow: true }, stop.signal));
      setTimeout(() => stop.abort(), 300);
      expect(await following).toHaveLength(1);
    });

    test('stats tell memory and processor use while it runs', async () => {
      const instance = await start('a');
      const stop = new AbortController();
      const samples = [];
      for await (const sample of runtime.stats(instance.id, stop.signal)) {
        samples.push(sample);
        if (samples.length === 2) stop.abort();
      }
      expect(samples).toHaveLength(2);
      for (const { cpuPercent, memoryBytes } of samples) {
        expect(cpuPercent).toBeGreaterThanOrEqual(0);
        expect(cpuPercent).toBeLessThan(400);
        expect(memoryBytes).toBeGreaterThan(5e6);
        expect(memoryBytes).toBeLessThan(5e8);
      }
    });

    test('a standby waits beside its instance, and takes its name and place when it is promoted', async () => {
      if (!runtime.abilities.standby) {
        await refuses(runtime.start({ name: harness.name('aa'), seat: 3, standby: true }, forever), 'unsupported');
        await refuses(runtime.promote(never, forever), 'unsupported');
        return;
      }
      const first = await start('aa');
      const spare = await runtime.start({ name: first.name, seat: 3, standby: true }, forever);
      await answers(spare.address);
      await runtime.pause(spare.id, forever);
      expect(spare).toMatchObject({ name: first.name, seat: 3, standby: true });
      expect(await find(spare.id, harness.create())).toMatchObject({
        name: first.name,
        standby: true,
        state: 'paused',
      });
      expect(await find(first.id)).toMatchObject({ name: first.name, standby: false });
      await runtime.kill(first.id, forever);
      await watcher.sees({ kind: 'exited', id: first.id });
      const promoted = await runtime.promote(spare.id, forever);
      expect(promoted).toEqual({ ...spare, standby: false, state: 'running' });
      await answers(promoted.address);
      expect(await (await fetch(url(promoted.address, '/home'))).text()).toContain(first.name);
      expect(await find(spare.id)).toEqual(promoted);
      const other = harness.create();
      await expect.poll(() => find(spare.id, other), { timeout: 10_000 }).toEqual(promoted);
      await refuses(runtime.start({ name: first.name, seat: 3 }, forever), 'name-taken');
      await runtime.kill(spare.id, forever);
      await watcher.sees({ kind: 'exited', id: spare.id, name: first.name });
    });

    test('a start that is aborted rejects with the reason and leaves nothing', async () => {
      const aborted = AbortSignal.abort(new Error('not wanted any longer'));
      await expect(runtime.start({ name: harness.name('a'), seat: 1 }, aborted)).rejects.toThrow(
        'not wanted any longer',
      );
      const late = new AbortController();
      const started = runtime.start({ name: harness.name('b'), seat: 1 }, late.signal);
      queueMicrotask(() => late.abort(new Error('changed my mind')));
      await expect(started).rejects.toThrow('changed my mind');
      expect(await runtime.list(forever)).toEqual([]);
    });

    test('what runs outlives its runtime and is adopted by the next, which hears of its end', async () => {
      const instance = await start('a');
      await watcher.end();
      await runtime.close();
      await answers(instance.address);
      runtime = harness.create();
      watcher = recordEvents(runtime);
      expect(await runtime.list(forever)).toEqual([instance]);
      await refuses(runtime.start({ name: instance.name, seat: 3 }, forever), 'name-taken');
      expect(await lines(runtime, instance.id)).toHaveLength(1);
      await runtime.pause(instance.id, forever);
      await watcher.sees({ kind: 'paused', id: instance.id });
      await runtime.unpause(instance.id, forever);
      await runtime.kill(instance.id, forever);
      await watcher.sees({ kind: 'exited', id: instance.id });
      const next = await start('a');
      expect(next.id).not.toBe(instance.id);
    });
  });
}

function url({ host, port }: Address, path: string): string {
  return `http://${host}:${port}${path}`;
}

function limited(ms: number): RequestInit {
  return { signal: AbortSignal.timeout(ms) };
}

async function answers(address: Address): Promise<void> {
  const ask = (): Promise<number> =>
    fetch(url(address, '/heartbeat'), limited(2000)).then(
      (answer) => answer.status,
      () => 0,
    );
  await expect.poll(ask, { timeout: 10_000, interval: 20 }).toBe(200);
}

/** A request sent before this one has reached the replica: both go the same way. */
async function inFlight(address: Address): Promise<void> {
  for (let i = 0; i < 3; i++) await answers(address);
}

async function collect(from: AsyncIterable<LogLine>): Promise<readonly LogLine[]> {
  const all: LogLine[] = [];
  for await (const line of from) all.push(line);
  return all;
}

async function lines(runtime: Runtime, id: string, tail = 100): Promise<readonly LogLine[]> {
  return collect(runtime.logs(id, { tail, follow: false }, forever));
}

async function refuses(action: Promise<unknown>, code: RuntimeErrorCode): Promise<void> {
  await expect(action).rejects.toMatchObject({ name: 'RuntimeError', code });
}
