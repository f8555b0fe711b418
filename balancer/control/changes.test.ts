import { expect, test } from 'vitest';
import { MemoryStore } from '../core/memory-store.ts';
import { settle } from '../testing/fake-clock.ts';
import { startFleet } from './fakes/fleet-under-test.ts';

test('added replicas join the ring once all of them serve, and not before', async () => {
  const { clock, runtime, control, plane } = await startFleet();
  runtime.behaviour = { bootMs: 200, exitAfterMs: null };
  const added = control.plane.add({ n: 2, hostnames: ['web'] }, 'me');
  await clock.advance(150);
  expect(plane.routed).toEqual(new Set([1, 2, 3]));
  await clock.advance(100);
  expect(await added).toMatchObject({ ok: true, value: { names: ['web', 'S4'] } });
  expect(plane.routed).toEqual(new Set([1, 2, 3, 4, 5]));
  expect(control.plane.list().message.replicas).toEqual(['S1', 'S2', 'S3', 'web', 'S4']);
});

test('a stream that goes on where a state was taken brings nothing the state has, and all that comes after', async () => {
  const { clock, control } = await startFleet();
  const { sequence } = control.plane.state();
  expect(control.plane.feed.since(sequence)).toEqual({ missed: [] });
  const added = control.plane.add({ n: 1 }, 'me');
  await clock.advance(100);
  await added;
  const { missed } = control.plane.feed.since(sequence);
  expect(missed?.[0]?.id).toBe(sequence + 1);
  expect(missed?.at(-1)?.id).toBe(control.plane.state().sequence);
});

test('a preview of an add is what the add then does', async () => {
  const { clock, control } = await startFleet();
  const preview = control.plane.preview({ change: 'add', n: 2, name: ['web'] });
  const added = control.plane.add({ n: 2, hostnames: ['web'] }, 'me');
  await clock.advance(100);
  await added;
  expect(preview.ok && preview.value.after).toEqual(control.plane.state().ring.owner);
  expect(preview.ok && preview.value.targets).toEqual([
    { name: 'web', seat: 4 },
    { name: 'S4', seat: 5 },
  ]);
});

test('a preview of a removal is what the removal then does', async () => {
  const { control } = await startFleet({ replicas: 5 });
  const preview = control.plane.preview({ change: 'remove', name: ['S4', 'S2'] });
  await control.plane.remove({ n: 2, hostnames: ['S4', 'S2'] }, 'me');
  expect(preview.ok && preview.value.after).toEqual(control.plane.state().ring.owner);
});

test('a preview of a kill is who serves after it', async () => {
  const { runtime, control } = await startFleet();
  const preview = control.plane.preview({ change: 'kill', name: ['S2'] });
  runtime.die(runtime.named('S2').id);
  expect(preview.ok && preview.value.after).toEqual(control.plane.state().ring.serving);
  expect(preview.ok && preview.value.moved).toBe(preview.ok && preview.value.minimum);
});

test('when one of several new replicas fails, none is added and none is left', async () => {
  const { clock, runtime, control } = await startFleet();
  const before = control.plane.state().ring;
  const start = runtime.start.bind(runtime);
  runtime.start = async (spec, signal) => {
    const instance = await start(spec, signal);
    if (spec.name === 'S5') void settle().then(() => runtime.die(instance.id, 'exited (1)'));
    return instance;
  };
  runtime.behaviour = { bootMs: 50, exitAfterMs: null };
  const added = control.plane.add({ n: 2 }, 'me');
  await clock.advance(500);
  expect(await added).toMatchObject({ ok: false, refusal: { code: 'start-failed' } });
  expect(control.plane.state().ring).toEqual(before);
  expect(runtime.running.map(({ name }) => name)).toEqual(['S1', 'S2', 'S3']);
  expect(control.plane.replicas()).toHaveLength(3);
});

test('an add fails at once when the runtime does not answer', async () => {
  const { clock, runtime, control } = await startFleet();
  runtime.startError = 'unreachable';
  const added = control.plane.add({ n: 1 }, 'me');
  await clock.advance(100);
  expect(await added).toMatchObject({ ok: false, refusal: { code: 'runtime-unreachable' } });
  expect(control.plane.replicas()).toHaveLength(3);
});

test('generated names pass over those that something else holds', async () => {
  const { control } = await startFleet({
    runtime: (runtime) => ['S1', 'S3'].map((name) => runtime.foreignNames.add(name)),
  });
  expect(new Set(control.plane.list().message.replicas)).toEqual(new Set(['S2', 'S4', 'S5']));
});

test('a name that was asked for and that something else holds is refused', async () => {
  const { clock, runtime, control } = await startFleet();
  runtime.foreignNames.add('db');
  const added = control.plane.add({ n: 1, hostnames: ['db'] }, 'me');
  await clock.advance(100);
  expect(await added).toMatchObject({ ok: false, refusal: { code: 'name-taken' } });
});

test('two racing adds of the same name: one gets it', async () => {
  const { clock, control } = await startFleet();
  const both = Promise.all([
    control.plane.add({ n: 1, hostnames: ['web'] }, 'a'),
    control.plane.add({ n: 1, hostnames: ['web'] }, 'b'),
  ]);
  await clock.advance(200);
  expect((await both).map(({ ok }) => ok)).toEqual([true, false]);
  expect(control.plane.state().ring.epoch).toBe(2);
});

test('a removed replica is out of the routes at the answer, and lives until its requests are answered', async () => {
  const { clock, runtime, control, plane, statusOf } = await startFleet();
  plane.setInFlight(2, 1);
  const result = await control.plane.remove({ n: 1, hostnames: ['S2'] }, 'me');
  expect(result).toMatchObject({ ok: true });
  expect(plane.routed).toEqual(new Set([1, 3]));
  expect(plane.available).toEqual(['S1', 'S3']);
  expect(control.plane.list().message.replicas).toEqual(['S1', 'S3']);
  await clock.advance(5_000);
  expect(runtime.running).toHaveLength(3);
  expect(statusOf('S2')).toBe('draining');
  plane.setInFlight(2, 0);
  await clock.advance(100);
  expect(runtime.running.map(({ name }) => name)).toEqual(['S1', 'S3']);
  expect(statusOf('S2')).toBeUndefined();
});

test('a drain ends after its timeout', async () => {
  const { clock, runtime, control, plane } = await startFleet();
  plane.setInFlight(2, 1);
  await control.plane.remove({ n: 1, hostnames: ['S2'] }, 'me');
  await clock.advance(30_100);
  expect(runtime.running).toHaveLength(2);
});

test('a name can be added again while its last holder still finishes', async () => {
  const { clock, control, plane } = await startFleet();
  plane.setInFlight(2, 1);
  await control.plane.remove({ n: 1, hostnames: ['S2'] }, 'me');
  const added = control.plane.add({ n: 1, hostnames: ['S2'] }, 'me');
  await clock.advance(1_000);
  plane.setInFlight(2, 0);
  await clock.advance(1_000);
  expect(await added).toMatchObject({ ok: true, value: { names: ['S2'] } });
});

test('all replicas can be removed, and others added after that', async () => {
  const { clock, control } = await startFleet();
  await control.plane.remove({ n: 3 }, 'me');
  expect(control.plane.list().message).toEqual({ N: 0, replicas: [] });
  expect(control.plane.ready()).toBe(true);
  const added = control.plane.add({ n: 1 }, 'me');
  await clock.advance(500);
  expect(await added).toMatchObject({ ok: true });
});

test('drain sets a replica aside without a change of the ring; undrain returns it', async () => {
  const { clock, control, plane, statusOf, events } = await startFleet();
  const { owner } = control.plane.state().ring;
  await control.plane.act('S2', 'drain', 'me');
  await clock.advance(100);
  expect(plane.available).toEqual(['S1', 'S3']);
  expect(statusOf('S2')).toBe('draining');
  expect(control.plane.state().ring.owner).toEqual(owner);
  expect(events('S2')).toContain('drained');
  await control.plane.act('S2', 'undrain', 'me');
  await settle();
  expect(plane.available).toEqual(['S1', 'S2', 'S3']);
});

test('a replica paused by an operator is out, is not replaced, and serves after its first good probe', async () => {
  const { clock, runtime, control, plane, statusOf } = await startFleet();
  await control.plane.act('S2', 'pause', 'me');
  await clock.advance(60_000);
  expect(statusOf('S2')).toBe('paused');
  expect(runtime.started).toHaveLength(3);
  const done = control.plane.act('S2', 'unpause', 'me');
  await clock.advance(50);
  expect(await done).toMatchObject({ ok: true });
  expect(plane.available).toEqual(['S1', 'S2', 'S3']);
});

test('a replica paused from outside is out at once, and replaced when it stays so', async () => {
  const { clock, runtime, plane } = await startFleet();
  const { id } = runtime.named('S2');
  runtime.hung.add(id);
  runtime.emit({ kind: 'paused', id, name: 'S2' });
  expect(plane.cuts).toEqual([2]);
  await clock.advance(3_100);
  expect(runtime.removed).toEqual([id]);
  expect(plane.available).toEqual(['S1', 'S2', 'S3']);
});

test('actions on what does not exist or cannot be are refused', async () => {
  const { control } = await startFleet();
  expect(await control.plane.act('nobody', 'kill', 'me')).toMatchObject({ refusal: { code: 'no-such-replica' } });
  await control.plane.act('S1', 'pause', 'me');
  expect(await control.plane.act('S1', 'pause', 'me')).toMatchObject({ refusal: { code: 'conflict' } });
});

test('the next balancer takes up what runs, with the same ring, and starts only what is missing', async () => {
  const store = new MemoryStore();
  const first = await startFleet({ store, replicas: 4 });
  await first.control.plane.act('S3', 'drain', 'me');
  const ring = first.control.plane.state().ring;
  await first.control.close('keep');
  const second = await startFleet({
    store,
    runtime: (runtime) => {
      for (const { name, seat } of ring.members.filter((member) => member.name !== 'S2'))
        runtime.insert({ name, seat });
      runtime.insert({ name: 'stray', seat: 9 });
    },
  });
  const { owner, epoch } = second.control.plane.state().ring;
  expect({ owner, epoch }).toEqual({ owner: ring.owner, epoch: ring.epoch });
  expect(second.runtime.started).toHaveLength(3 + 1 + 1);
  expect(second.plane.available).toEqual(['S1', 'S2', 'S4']);
  expect(second.runtime.running.map(({ name }) => name)).not.toContain('stray');
});

test('without a saved ring it is rebuilt from what runs', async () => {
  const { control, events } = await startFleet({
    runtime: (runtime) => {
      runtime.insert({ name: 'b', seat: 7 });
      runtime.insert({ name: 'a', seat: 2 });
    },
  });
  expect(control.plane.list().message.replicas).toEqual(['a', 'b']);
  expect(events()).toContain('adopted');
});

test('an orderly end removes every replica and forgets the fleet', async () => {
  const { clock, control, runtime, store } = await startFleet();
  const closed = control.close('remove');
  await clock.advance(500);
  await closed;
  expect(runtime.running).toEqual([]);
  expect(store.loadFleet()).toEqual({ kind: 'empty' });
});

test('an end during the first start leaves nothing behind', async () => {
  const { clock, control, runtime } = await startFleet({
    open: false,
    runtime: (fake) => {
      fake.behaviour = { bootMs: 60_000, exitAfterMs: null };
    },
  });
  const closed = control.close('remove');
  await clock.advance(500);
  await closed;
  expect(runtime.running).toEqual([]);
});

test('instances that nobody owns are removed by and by, and those of the fleet are not', async () => {
  const { clock, runtime } = await startFleet();
  const stray = runtime.insert({ name: 'stray', seat: 50 });
  await clock.advance(31_000);
  expect(runtime.removed).toEqual([stray.id]);
});

test('an instance left over beside the one that sits in its seat is removed by and by', async () => {
  const { clock, runtime, plane } = await startFleet();
  const double = runtime.insert({ name: 'S2', seat: 2 });
  await clock.advance(31_000);
  expect(runtime.removed).toEqual([double.id]);
  expect(plane.available).toEqual(['S1', 'S2', 'S3']);
});

test('a replica removed in the moment its successor starts leaves nothing behind', async () => {
  const { clock, runtime, control } = await startFleet();
  const start = runtime.start.bind(runtime);
  let removal: Promise<unknown> = Promise.resolve();
  runtime.start = async (spec, signal) => {
    const instance = await start(spec, signal);
    removal = control.plane.remove({ n: 1, hostnames: ['S2'] }, 'me');
    await settle();
    return instance;
  };
  runtime.die(runtime.named('S2').id);
  await clock.advance(1_000);
  await removal;
  expect(runtime.running.map(({ name }) => name)).toEqual(['S1', 'S3']);
  expect(control.plane.replicas().map(({ name }) => name)).toEqual(['S1', 'S3']);
});

test('an add under way fails when the runtime stops answering; what it had begun is cleaned up when it is back', async () => {
  const { clock, runtime, control } = await startFleet();
  const start = runtime.start.bind(runtime);
  runtime.start = async (spec, signal) => {
    await clock.sleep(20_000, new AbortController().signal);
    return start(spec, signal).catch(() => runtime.insert(spec));
  };
  const added = control.plane.add({ n: 1 }, 'me');
  await clock.advance(1_000);
  runtime.emit({ kind: 'lost', reason: 'no answer' });
  await clock.advance(10);
  expect(await added).toMatchObject({ ok: false, refusal: { code: 'runtime-unreachable' } });
  await clock.advance(25_000);
  runtime.emit({ kind: 'back' });
  await clock.advance(100);
  expect(runtime.running.map(({ name }) => name)).toEqual(['S1', 'S2', 'S3']);
  expect(control.plane.list().message.N).toBe(3);
});
