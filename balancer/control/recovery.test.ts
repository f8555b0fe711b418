import { expect, test } from 'vitest';
import { settle } from '../testing/fake-clock.ts';
import { startFleet } from './fakes/fleet-under-test.ts';

test('the first replicas are S1, S2 and S3, and all serve', async () => {
  const { control, plane } = await startFleet();
  expect(control.plane.list()).toEqual({ message: { N: 3, replicas: ['S1', 'S2', 'S3'] }, status: 'successful' });
  expect(plane.available).toEqual(['S1', 'S2', 'S3']);
});

test('a dead instance is out of rotation, and its successor is started, before any time has passed', async () => {
  const { clock, runtime, plane } = await startFleet();
  const victim = runtime.named('S2');
  const before = clock.now();
  runtime.die(victim.id);
  expect(plane.cuts).toContain(2);
  await settle();
  expect(clock.now()).toBe(before);
  expect(runtime.named('S2').id).not.toBe(victim.id);
});

test('the ring is the same before, during and after a recovery', async () => {
  const { clock, runtime, control } = await startFleet();
  const before = control.plane.state().ring;
  runtime.die(runtime.named('S2').id);
  await settle();
  expect(control.plane.list().message.replicas).toEqual(['S1', 'S3']);
  expect(control.plane.state().ring).toMatchObject({ owner: before.owner, epoch: before.epoch });
  await clock.advance(50);
  expect(control.plane.state().ring).toEqual(before);
  expect(control.plane.list().message.replicas).toEqual(['S1', 'S2', 'S3']);
});

test('a new instance serves within 20 ms of being ready, whenever that is', async () => {
  const { clock, runtime, control, plane } = await startFleet();
  runtime.behaviour = { bootMs: 333, exitAfterMs: null };
  runtime.die(runtime.named('S1').id);
  await clock.advance(332);
  expect(plane.available).toEqual(['S2', 'S3']);
  await clock.advance(20);
  expect(control.plane.list().message.N).toBe(3);
});

test('what an ended instance leaves behind is removed when its successor runs', async () => {
  const { clock, runtime } = await startFleet();
  const { id } = runtime.named('S1');
  runtime.die(id);
  await clock.advance(10);
  expect(runtime.removed).toEqual([id]);
});

test('a hung instance is out within 3 s, killed, and replaced by exactly one other', async () => {
  const { clock, runtime, plane, events } = await startFleet();
  const { id } = runtime.named('S3');
  runtime.hung.add(id);
  await clock.advance(2_990);
  expect(plane.cuts).toContain(3);
  expect(runtime.removed).toEqual([id]);
  await clock.advance(50);
  expect(plane.available).toEqual(['S1', 'S2', 'S3']);
  expect(runtime.running).toHaveLength(3);
  expect(events('S3')).toEqual(expect.arrayContaining(['out-of-rotation', 'noticed', 'instance-started', 'serving']));
});

test('a replica that takes 2 s for a heartbeat is slow, not hung', async () => {
  const { clock, probe, runtime, control } = await startFleet();
  probe.delayMs = 2_000;
  await clock.advance(60_000);
  expect(control.plane.list().message.N).toBe(3);
  expect(runtime.started).toHaveLength(3);
});

test('wrong answers take a replica out after three, and it is replaced after ten seconds of them', async () => {
  const { clock, runtime, control, statusOf } = await startFleet();
  const { id } = runtime.named('S1');
  runtime.unwell.set(id, 'status 500');
  await clock.advance(800);
  expect(control.plane.list().message.replicas).toEqual(['S2', 'S3']);
  expect(statusOf('S1')).toBe('down');
  await clock.advance(5_000);
  expect(runtime.started).toHaveLength(3);
  await clock.advance(6_000);
  expect(runtime.removed).toEqual([id]);
  expect(control.plane.list().message.N).toBe(3);
});

test('a replica that recovers by itself is back after two passes, and keeps its instance', async () => {
  const { clock, runtime, control } = await startFleet();
  const { id } = runtime.named('S1');
  runtime.unwell.set(id, 'status 500');
  await clock.advance(2_000);
  runtime.unwell.clear();
  await clock.advance(310);
  expect(control.plane.list().message.N).toBe(3);
  expect(runtime.named('S1').id).toBe(id);
});

test('a crash loop backs off, is shown, and starts ten times a minute at most', async () => {
  const { clock, runtime, statusOf, control } = await startFleet({ replicas: 1 });
  runtime.behaviour = { bootMs: 0, exitAfterMs: 100 };
  runtime.die(runtime.named('S1').id);
  await clock.advance(20_000);
  expect(statusOf('S1')).toBe('crash-looping');
  expect(control.plane.list().message.N).toBe(0);
  await clock.advance(40_000);
  expect(runtime.started.length - 1).toBeLessThanOrEqual(10);
  expect(runtime.started.length - 1).toBeGreaterThan(3);
});

test('a crash loop ends when the program is well again', async () => {
  const { clock, runtime, statusOf } = await startFleet({ replicas: 1 });
  runtime.behaviour = { bootMs: 0, exitAfterMs: 100 };
  runtime.die(runtime.named('S1').id);
  await clock.advance(10_000);
  runtime.behaviour = { bootMs: 0, exitAfterMs: null };
  await clock.advance(61_000);
  expect(statusOf('S1')).toBe('serving');
});

test('a refused connection takes a replica out at once; a good probe brings it back', async () => {
  const { clock, runtime, plane } = await startFleet();
  const { id } = runtime.named('S2');
  plane.report({ kind: 'refused', seat: 2, instanceId: id, detail: 'ECONNREFUSED' });
  expect(plane.cuts).toEqual([2]);
  await clock.advance(30);
  expect(plane.available).toEqual(['S1', 'S2', 'S3']);
});

test('the last replica that serves is not taken out on suspicion', async () => {
  const { runtime, plane } = await startFleet({ replicas: 1 });
  plane.report({ kind: 'refused', seat: 1, instanceId: runtime.named('S1').id, detail: 'ECONNREFUSED' });
  expect(plane.cuts).toEqual([]);
});

test('a report about an instance that is gone says nothing of its successor', async () => {
  const { clock, runtime, plane } = await startFleet();
  const { id } = runtime.named('S2');
  runtime.die(id);
  await clock.advance(50);
  const cuts = plane.cuts.length;
  plane.report({ kind: 'refused', seat: 2, instanceId: id, detail: 'ECONNREFUSED' });
  expect(plane.cuts).toHaveLength(cuts);
});

test('a closed connection is followed by a probe at once, and a swarm of them by few', async () => {
  const { clock, runtime, plane, probe } = await startFleet();
  const before = probe.probes;
  for (let i = 0; i < 1000; i++) {
    plane.report({ kind: 'closed', seat: 2, instanceId: runtime.named('S2').id, detail: '' });
  }
  await clock.advance(25);
  expect(probe.probes - before).toBeGreaterThanOrEqual(1);
  expect(probe.probes - before).toBeLessThanOrEqual(3);
});

test('a death that no event tells of is found by a refused probe', async () => {
  const { clock, runtime, plane } = await startFleet();
  const { id } = runtime.named('S2');
  runtime.die(id, 'silent', true);
  plane.report({ kind: 'closed', seat: 2, instanceId: id, detail: '' });
  await clock.advance(25);
  expect(plane.cuts).toContain(2);
  await clock.advance(30_000);
  expect(plane.available).toEqual(['S1', 'S2', 'S3']);
});

test('when the balancer itself stood still for 5 s nobody is ejected or replaced', async () => {
  const { clock, runtime, plane, events } = await startFleet();
  await clock.advance(700);
  await clock.freeze(5_000);
  await clock.advance(10_000);
  expect(plane.cuts).toEqual([]);
  expect(runtime.started).toHaveLength(3);
  expect(events()).toContain('balancer-paused');
});

test('a wall clock that jumps an hour changes nothing', async () => {
  const { clock, runtime, plane } = await startFleet();
  clock.jumpWall(3_600_000);
  await clock.advance(5_000);
  clock.jumpWall(-7_200_000);
  await clock.advance(5_000);
  expect(plane.cuts).toEqual([]);
  expect(runtime.started).toHaveLength(3);
});

test('out of file descriptors, the balancer blames nobody', async () => {
  const { clock, runtime, plane } = await startFleet();
  for (const { id } of runtime.running) runtime.unwell.set(id, 'connect EMFILE');
  await clock.advance(5_000);
  expect(plane.cuts).toEqual([]);
});

test('five failing answers in a row eject, for ten seconds', async () => {
  const { clock, plane, statusOf } = await startFleet();
  await clock.advance(300);
  plane.serve(2, 0, 5);
  await clock.advance(200);
  expect(statusOf('S2')).toBe('ejected');
  expect(plane.available).toEqual(['S1', 'S3']);
  await clock.advance(10_000);
  expect(plane.available).toEqual(['S1', 'S2', 'S3']);
});

test('the last one is never ejected', async () => {
  const { clock, plane } = await startFleet();
  await clock.advance(300);
  for (const seat of [1, 2, 3]) plane.serve(seat, 0, 50);
  await clock.advance(400);
  expect(plane.available).toHaveLength(1);
});

test('good answers in between count as well', async () => {
  const { clock, plane } = await startFleet();
  for (let i = 0; i < 50; i++) {
    plane.serve(2, 1, 4);
    await clock.advance(200);
  }
  expect(plane.available).toEqual(['S1', 'S2', 'S3']);
});

test('a lost runtime stops nothing and starts nothing; when it is back, what died is replaced', async () => {
  const { clock, runtime, plane, control, events } = await startFleet();
  runtime.emit({ kind: 'lost', reason: 'the daemon is gone' });
  runtime.startError = 'unreachable';
  runtime.die(runtime.named('S1').id, 'gone', true);
  await clock.advance(60_000);
  expect(runtime.started).toHaveLength(3);
  expect(plane.available).toEqual(['S2', 'S3']);
  expect(await control.plane.add({ n: 1 }, 'me')).toMatchObject({
    ok: false,
    refusal: { code: 'runtime-unreachable' },
  });
  runtime.startError = null;
  runtime.emit({ kind: 'back' });
  await clock.advance(1_000);
  expect(plane.available).toEqual(['S1', 'S2', 'S3']);
  expect(events()).toEqual(expect.arrayContaining(['runtime-lost', 'runtime-back']));
});

test('deaths reported while the runtime does not answer are followed by one try a second, not a storm', async () => {
  const { clock, runtime } = await startFleet();
  runtime.startError = 'unreachable';
  let starts = 0;
  const start = runtime.start.bind(runtime);
  runtime.start = (spec, signal) => {
    starts++;
    return start(spec, signal);
  };
  for (const { id } of runtime.running) runtime.die(id);
  await clock.advance(10_000);
  expect(starts).toBeLessThanOrEqual(33);
});

test('an instance whose end is told before its start is counts as ended', async () => {
  const { clock, runtime, plane } = await startFleet();
  const start = runtime.start.bind(runtime);
  runtime.start = async (spec, signal) => {
    runtime.start = start;
    const instance = await start(spec, signal);
    runtime.die(instance.id, 'exited (1)');
    return instance;
  };
  runtime.die(runtime.named('S1').id);
  await clock.advance(1_000);
  expect(runtime.started).toHaveLength(5);
  expect(plane.available).toEqual(['S1', 'S2', 'S3']);
});

test('watching goes on when the runtime fails at it', async () => {
  let failures = 0;
  const { clock, runtime, control } = await startFleet({
    runtime: (fake) => {
      const watch = fake.watch.bind(fake);
      fake.watch = (onEvent, signal) => (failures++ === 0 ? Promise.reject(new Error('torn')) : watch(onEvent, signal));
    },
  });
  await clock.advance(1_100);
  runtime.die(runtime.named('S1').id);
  await clock.advance(50);
  expect(control.plane.list().message.N).toBe(3);
  expect(runtime.started).toHaveLength(4);
});
