import { expect, test } from 'vitest';
import { startFleet } from './fakes/fleet-under-test.ts';

const print = (texts: readonly string[]) => texts.map((text, at) => ({ at, stream: 'stdout' as const, text }));

test('what an instance printed before it died can be read after it is removed', async () => {
  const { clock, runtime, control } = await startFleet();
  expect(await control.plane.previousLog('S2')).toEqual({ ok: true, value: null });
  const { id } = runtime.named('S2');
  runtime.printed.set(id, print(['listening', 'out of luck']));
  runtime.die(id, 'exited with 1');
  const endedAt = clock.wallTime();
  await clock.advance(50);
  expect(runtime.removed).toContain(id);
  const value = { instance: id, reason: 'exited with 1', endedAt, lines: print(['listening', 'out of luck']) };
  expect(await control.plane.previousLog('S2')).toEqual({ ok: true, value });
});

test('what died is read when its successor runs, however long that takes to serve', async () => {
  const { clock, runtime, control } = await startFleet();
  const { id } = runtime.named('S2');
  runtime.behaviour = { bootMs: 20_000, exitAfterMs: null };
  runtime.printed.set(id, print(['out of luck']));
  runtime.die(id);
  await clock.advance(1_000);
  expect(runtime.removed).toEqual([]);
  expect(await control.plane.previousLog('S2')).toMatchObject({
    value: { instance: id, lines: print(['out of luck']) },
  });
});

test('of a crash loop it is the last one that can be read, while nothing runs', async () => {
  const { clock, runtime, control } = await startFleet({ replicas: 1 });
  runtime.behaviour = { bootMs: 0, exitAfterMs: 100 };
  const insert = runtime.insert.bind(runtime);
  runtime.insert = (spec) => {
    const instance = insert(spec);
    runtime.printed.set(instance.id, print([instance.id]));
    return instance;
  };
  runtime.die(runtime.named('S1').id);
  await clock.advance(20_000);
  expect(runtime.running).toEqual([]);
  const last = runtime.started.at(-1);
  const previous = await control.plane.previousLog('S1');
  expect(previous).toMatchObject({ value: { instance: last, reason: 'exited (1)', lines: print([last ?? '']) } });
});

test('what hung is read too, and a log that cannot be read keeps nobody from being replaced', async () => {
  const { clock, runtime, control, plane } = await startFleet();
  const { id } = runtime.named('S3');
  runtime.hung.add(id);
  runtime.logs = () => {
    throw new Error('torn');
  };
  await clock.advance(3_100);
  expect(plane.available).toEqual(['S1', 'S2', 'S3']);
  expect(runtime.removed).toEqual([id]);
  expect(await control.plane.previousLog('S3')).toMatchObject({ value: { instance: id, lines: [] } });
});

test('100 lines and 64 KiB are kept, the last ones', async () => {
  const { clock, runtime, control } = await startFleet();
  const { id } = runtime.named('S1');
  runtime.printed.set(id, print([...Array.from({ length: 200 }, (_, n) => `${n}`), 'x'.repeat(65_536)]));
  runtime.die(id);
  await clock.advance(50);
  const previous = await control.plane.previousLog('S1');
  expect(previous.ok && previous.value?.lines.map(({ text }) => text.length)).toEqual([65_536]);
});

test('nothing is known of a replica that is not there', async () => {
  const { control } = await startFleet();
  expect(await control.plane.previousLog('S9')).toMatchObject({ ok: false, refusal: { code: 'no-such-replica' } });
});
