import { expect, test } from 'vitest';
import type { IncidentView } from '../../lib/api/state.ts';
import { MemoryStore } from '../core/memory-store.ts';
import { settle } from '../testing/fake-clock.ts';
import { startFleet } from './fakes/fleet-under-test.ts';

test('an incident tells when each step was taken', async () => {
  const { clock, runtime, plane, control } = await startFleet();
  await clock.advance(500);
  runtime.behaviour = { bootMs: 100, exitAfterMs: null };
  const killed = control.plane.act('S2', 'kill', 'ada');
  await settle();
  expect(await killed).toMatchObject({ ok: true });
  await clock.advance(200);
  plane.serve(2, 1, 0);
  await clock.advance(200);
  const [incident] = control.plane.state().incidents;
  expect(incident).toMatchObject({
    replica: 'S2',
    cause: 'killed by ada',
    noticedMs: 0,
    outOfRotationMs: 0,
    requests: 1,
  });
  expect(incident?.servingMs).toBeGreaterThanOrEqual(100);
  expect(incident?.servingMs).toBeLessThanOrEqual(120);
  expect(incident?.firstRequestMs).toBeGreaterThan(incident?.servingMs ?? 0);
});

test('an incident begins with the first sign of trouble, and is told its cause later', async () => {
  const { clock, runtime, plane, control } = await startFleet();
  await clock.advance(500);
  const { id } = runtime.named('S2');
  runtime.unwell.set(id, 'connect ECONNREFUSED');
  plane.report({ kind: 'refused', seat: 2, instanceId: id, detail: 'ECONNREFUSED' });
  await clock.advance(10);
  runtime.die(id, 'exit code 137');
  await clock.advance(100);
  const [incident] = control.plane.state().incidents;
  expect(incident).toMatchObject({ cause: 'exit code 137', noticedMs: 0, outOfRotationMs: 0 });
  expect(incident?.newInstanceMs).toBeGreaterThanOrEqual(10);
});

/** Each incident that is saved takes its time. */
class SlowStore extends MemoryStore {
  onSave = (): void => {};
  override saveIncident(incident: IncidentView): void {
    super.saveIncident(incident);
    this.onSave();
  }
}

test('the stopwatch and the timeline tell the same moments, however long it takes to write them down', async () => {
  const store = new SlowStore();
  const { clock, runtime, control } = await startFleet({ store });
  store.onSave = () => void clock.freeze(3);
  runtime.die(runtime.named('S2').id, 'exit code 137');
  await clock.advance(500);
  const [incident] = control.plane.state().incidents;
  const afterMs = Object.fromEntries(
    store.events({ limit: 100 }).map((event) => [event.kind, event.replica === 'S2' && event.incident?.afterMs]),
  );
  expect(incident?.servingMs).toBeGreaterThan(0);
  expect(afterMs).toMatchObject({
    noticed: incident?.noticedMs,
    'out-of-rotation': incident?.outOfRotationMs,
    'instance-started': incident?.newInstanceMs,
    serving: incident?.servingMs,
  });
});

test('what probes found is the cause until the runtime tells of the end', async () => {
  const { clock, runtime, plane, control } = await startFleet();
  const { id, name } = runtime.named('S2');
  runtime.die(id, 'told below', true);
  plane.report({ kind: 'closed', seat: 2, instanceId: id, detail: '' });
  await clock.advance(200);
  expect(control.plane.state().incidents[0]?.cause).toContain('ECONNREFUSED');
  runtime.emit({ kind: 'exited', id, name, reason: 'killed by SIGKILL' });
  await settle();
  expect(control.plane.state().incidents).toMatchObject([{ cause: 'killed by SIGKILL' }]);
});

test('requests that failed before the incident began are counted in it', async () => {
  const { clock, runtime, plane, control } = await startFleet();
  plane.fail(3, 7);
  await clock.advance(1_000);
  plane.serve(1, 100, 0);
  await clock.advance(200);
  plane.fail(2, 40);
  await clock.advance(160);
  plane.fail(2, 20);
  runtime.die(runtime.named('S2').id);
  await settle();
  expect(control.plane.state().incidents).toMatchObject([{ replica: 'S2', requests: 60, retried: 60, lost: 0 }]);
});

test('what is counted in a failure goes on while nothing else happens', async () => {
  const { clock, runtime, plane, control } = await startFleet();
  runtime.behaviour = { bootMs: 20_000, exitAfterMs: null };
  runtime.die(runtime.named('S2').id);
  await clock.advance(200);
  plane.serve(1, 50, 0);
  await clock.advance(1_000);
  expect(control.plane.state().incidents).toMatchObject([{ replica: 'S2', requests: 50, servingMs: null }]);
});

test('a replica that served again fails anew, even if nobody has asked it anything since', async () => {
  const { clock, runtime, control } = await startFleet();
  for (const reason of ['exit code 1', 'exit code 2']) {
    runtime.die(runtime.named('S2').id, reason);
    await clock.advance(60_000);
  }
  const incidents = control.plane.state().incidents;
  expect(incidents.map(({ cause }) => cause)).toEqual(['exit code 2', 'exit code 1']);
  expect(incidents.every(({ servingMs }) => servingMs !== null)).toBe(true);
});
