import { expect, test } from 'vitest';
import { MemoryStore } from '../core/memory-store.ts';
import { settle } from '../testing/fake-clock.ts';
import { type FleetUnderTest, startFleet } from './fakes/fleet-under-test.ts';

const ALL = ['S1', 'S2', 'S3'];

/** Three replicas, each with a spare that waits. */
async function startWithStandbys(): Promise<FleetUnderTest> {
  const fleet = await startFleet({ standby: true });
  await fleet.clock.advance(5_000);
  expect(standbys(fleet)).toEqual(['ready', 'ready', 'ready']);
  return fleet;
}

function standbys({ control }: FleetUnderTest): readonly string[] {
  return control.plane.replicas().map(({ standby }) => standby);
}

test('once the fleet is settled each seat gets a spare, one after the other, paused and unknown to the routes', async () => {
  const fleet = await startFleet({ standby: true });
  const { clock, runtime, plane, events } = fleet;
  expect(standbys(fleet)).toEqual(['none', 'none', 'none']);
  runtime.behaviour = { bootMs: 400, exitAfterMs: null };
  await clock.advance(1_500);
  expect(standbys(fleet)).toEqual(['preparing', 'none', 'none']);
  await clock.advance(3_500);
  expect(standbys(fleet)).toEqual(['ready', 'ready', 'ready']);
  for (const name of ALL) {
    const spare = runtime.standbyOf(name);
    expect(runtime.hung).toContain(spare?.id);
    expect(plane.latest.seats.map(({ instanceId }) => instanceId)).not.toContain(spare?.id);
  }
  expect(plane.available).toEqual(ALL);
  expect(events()).toContain('standby-ready');
  await clock.advance(60_000);
  expect(runtime.started).toHaveLength(6);
});

test('without the setting there is none', async () => {
  const { clock, runtime } = await startFleet();
  await clock.advance(10_000);
  expect(runtime.started).toHaveLength(3);
});

test('when an instance ends its spare serves in its place as soon as it goes on, and another is made later', async () => {
  const fleet = await startWithStandbys();
  const { clock, runtime, control, plane } = fleet;
  runtime.behaviour = { bootMs: 700, exitAfterMs: null };
  const spare = runtime.standbyOf('S2');
  const { owner, epoch } = control.plane.state().ring;
  const victim = runtime.named('S2');
  runtime.die(victim.id);
  await clock.advance(runtime.promoteMs + 40);
  expect(plane.available).toEqual(ALL);
  expect(runtime.named('S2').id).toBe(spare?.id);
  expect(plane.latest.seats.find(({ name }) => name === 'S2')?.instanceId).toBe(spare?.id);
  expect(control.plane.state().ring).toMatchObject({ owner, epoch });
  expect(runtime.removed).toEqual([victim.id]);
  expect(control.plane.replicas()[1]).toMatchObject({ restarts: 1, standby: 'none' });
  await clock.advance(3_000);
  expect(standbys(fleet)).toEqual(['ready', 'ready', 'ready']);
  expect(runtime.running).toHaveLength(6);
});

test('a hung instance is killed, and its spare takes over', async () => {
  const { clock, runtime, plane } = await startWithStandbys();
  runtime.behaviour = { bootMs: 5_000, exitAfterMs: null };
  const { id } = runtime.named('S3');
  const spare = runtime.standbyOf('S3');
  runtime.hung.add(id);
  await clock.advance(3_050);
  expect(plane.available).toEqual(ALL);
  expect(runtime.named('S3').id).toBe(spare?.id);
  expect(runtime.removed).toEqual([id]);
});

test('a spare goes on at the first refused connection, and waits no longer when the end is told', async () => {
  const { clock, runtime, plane } = await startWithStandbys();
  runtime.promoteMs = 60;
  const { id } = runtime.named('S2');
  const spare = runtime.standbyOf('S2');
  runtime.die(id, 'silent', true);
  plane.report({ kind: 'refused', seat: 2, instanceId: id, detail: 'ECONNREFUSED' });
  await clock.advance(5);
  expect(runtime.hung).not.toContain(spare?.id);
  expect(plane.available).toEqual(['S1', 'S3']);
  runtime.emit({ kind: 'exited', id, name: 'S2', reason: 'exit code 137' });
  await clock.advance(5);
  expect(plane.available).toEqual(ALL);
  expect(plane.latest.seats.find(({ name }) => name === 'S2')?.instanceId).toBe(spare?.id);
});

test('after a false alarm the spare is paused again', async () => {
  const fleet = await startWithStandbys();
  const { clock, runtime, plane } = fleet;
  const { id } = runtime.named('S2');
  const spare = runtime.standbyOf('S2');
  plane.report({ kind: 'refused', seat: 2, instanceId: id, detail: 'ECONNREFUSED' });
  await clock.advance(50);
  expect(plane.available).toEqual(ALL);
  expect(runtime.hung).toContain(spare?.id);
  expect(standbys(fleet)).toEqual(['ready', 'ready', 'ready']);
  runtime.die(id);
  await clock.advance(50);
  expect(runtime.named('S2').id).toBe(spare?.id);
});

test('a second death before the next spare is ready waits for the one that is being made', async () => {
  const { clock, runtime, plane } = await startWithStandbys();
  runtime.die(runtime.named('S1').id);
  await clock.advance(100);
  runtime.behaviour = { bootMs: 600, exitAfterMs: null };
  await clock.advance(1_500);
  const half = runtime.standbyOf('S1');
  expect(half).toBeDefined();
  runtime.die(runtime.named('S1').id);
  await clock.advance(700);
  expect(plane.available).toEqual(ALL);
  await clock.advance(runtime.promoteMs);
  expect(runtime.named('S1').id).toBe(half?.id);
});

test('a spare that ends by itself is replaced after a while, and nobody misses a request', async () => {
  const fleet = await startWithStandbys();
  const { clock, runtime, plane, events } = fleet;
  const spare = runtime.standbyOf('S1');
  runtime.die(spare?.id ?? '', 'out of memory');
  await clock.advance(10);
  expect(standbys(fleet)).toEqual(['none', 'ready', 'ready']);
  expect(plane.cuts).toEqual([]);
  expect(events('S1')).toContain('standby-lost');
  expect(runtime.removed).toEqual([spare?.id]);
  await clock.advance(6_000);
  expect(standbys(fleet)).toEqual(['ready', 'ready', 'ready']);
});

test('a spare whose end no event told of is found to be gone', async () => {
  const fleet = await startWithStandbys();
  const { clock, runtime } = fleet;
  runtime.die(runtime.standbyOf('S1')?.id ?? '', 'silent', true);
  await clock.advance(26_000);
  expect(standbys(fleet)[0]).toBe('none');
  await clock.advance(10_000);
  expect(standbys(fleet)[0]).toBe('ready');
});

test('a spare that does not go on is given up for a new instance', async () => {
  const { clock, runtime, plane, events } = await startWithStandbys();
  const spare = runtime.standbyOf('S1');
  runtime.promoteMs = 60_000;
  runtime.die(runtime.named('S1').id);
  await clock.advance(3_100);
  expect(plane.available).toEqual(ALL);
  expect(runtime.named('S1').id).not.toBe(spare?.id);
  expect(runtime.removed).toContain(spare?.id);
  expect(events('S1')).toContain('standby-lost');
});

test('a spare that cannot be woken at all costs no time', async () => {
  const { clock, runtime, plane } = await startWithStandbys();
  const spare = runtime.standbyOf('S1');
  runtime.die(spare?.id ?? '', 'silent', true);
  runtime.die(runtime.named('S1').id);
  await clock.advance(100);
  expect(plane.available).toEqual(ALL);
});

test('a crash loop gets no spares, and waits as long between its starts as without them', async () => {
  const { clock, runtime, statusOf, events } = await startFleet({ standby: true });
  runtime.behaviour = { bootMs: 0, exitAfterMs: 100 };
  runtime.die(runtime.named('S1').id);
  await clock.advance(60_000);
  expect(statusOf('S1')).toBe('crash-looping');
  expect(events('S1').filter((kind) => kind === 'instance-started').length).toBeLessThanOrEqual(11);
  expect(events('S1')).not.toContain('standby-ready');
  expect(events('S2')).toContain('standby-ready');
});

test('a replica that was never healthy gets none', async () => {
  const fleet = await startFleet({
    standby: true,
    replicas: 1,
    open: false,
    runtime: (fake) => {
      fake.behaviour = { bootMs: 60_000, exitAfterMs: null };
    },
  });
  await fleet.clock.advance(25_000);
  expect(fleet.runtime.started).toHaveLength(1);
});

test('spares that cannot be made are tried ever less often', async () => {
  const fleet = await startFleet({ standby: true, replicas: 1 });
  const { clock, runtime, events } = fleet;
  runtime.behaviour = { bootMs: 0, exitAfterMs: 0 };
  await clock.advance(120_000);
  const lost = events('S1').filter((kind) => kind === 'standby-lost').length;
  expect(lost).toBeGreaterThan(2);
  expect(lost).toBeLessThan(7);
  expect(fleet.plane.available).toEqual(['S1']);
  expect(runtime.running).toHaveLength(1);
});

test('kill, pause and unpause by an operator are for the instance only', async () => {
  const fleet = await startWithStandbys();
  const { clock, runtime, control, plane, statusOf } = fleet;
  const spare = runtime.standbyOf('S2');
  const { id } = runtime.named('S2');
  await control.plane.act('S2', 'pause', 'me');
  await clock.advance(10_000);
  expect(statusOf('S2')).toBe('paused');
  expect(runtime.standbyOf('S2')).toEqual(spare);
  const done = control.plane.act('S2', 'unpause', 'me');
  await clock.advance(50);
  await done;
  expect(plane.available).toEqual(ALL);
  expect(runtime.named('S2').id).toBe(id);
});

test('a removed replica takes its spare along', async () => {
  const { clock, runtime, control } = await startWithStandbys();
  await control.plane.remove({ n: 1, hostnames: ['S2'] }, 'me');
  await clock.advance(1_000);
  expect(runtime.running.map(({ name }) => name).sort()).toEqual(['S1', 'S1', 'S3', 'S3']);
});

test('a replica removed while its spare is being made leaves nothing', async () => {
  const { clock, runtime, control } = await startFleet({ standby: true, replicas: 1 });
  runtime.behaviour = { bootMs: 5_000, exitAfterMs: null };
  await clock.advance(1_600);
  expect(runtime.standbyOf('S1')).toBeDefined();
  await control.plane.remove({ n: 1 }, 'me');
  await clock.advance(1_000);
  expect(runtime.running).toEqual([]);
});

test('an orderly end removes instances and spares', async () => {
  const { clock, runtime, control } = await startWithStandbys();
  const closed = control.close('remove');
  await clock.advance(500);
  await closed;
  expect(runtime.running).toEqual([]);
});

test('the next balancer takes up instances and spares as what they are', async () => {
  const store = new MemoryStore();
  const first = await startFleet({ store, standby: true });
  await first.control.close('keep');
  const second = await startFleet({
    store,
    standby: true,
    runtime: (runtime) => {
      for (const [i, name] of ALL.entries()) {
        if (name !== 'S3') runtime.insert({ name, seat: i + 1 });
        runtime.hung.add(runtime.insert({ name, seat: i + 1, standby: true }).id);
      }
      for (const instance of runtime.running) if (instance.standby) runtime.markPaused(instance.id);
    },
  });
  await second.clock.advance(100);
  expect(second.plane.available).toEqual(ALL);
  expect(second.runtime.started).toHaveLength(5);
  expect(standbys(second)).toEqual(['ready', 'ready', 'none']);
  await second.clock.advance(40_000);
  expect(second.runtime.removed).toEqual([]);
  expect(standbys(second)).toEqual(['ready', 'ready', 'ready']);
});

test('a spare that no seat knows of is removed by and by', async () => {
  const { clock, runtime } = await startWithStandbys();
  const stray = runtime.insert({ name: 'S1', seat: 1, standby: true });
  await clock.advance(31_000);
  expect(runtime.removed).toEqual([stray.id]);
});

test('while the runtime does not answer none is made', async () => {
  const { clock, runtime } = await startFleet({ standby: true });
  runtime.emit({ kind: 'lost', reason: 'the daemon is gone' });
  await clock.advance(10_000);
  expect(runtime.started).toHaveLength(3);
  runtime.emit({ kind: 'back' });
  await settle();
  await clock.advance(5_000);
  expect(runtime.started).toHaveLength(6);
});
