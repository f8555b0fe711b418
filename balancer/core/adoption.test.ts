import { expect, test } from 'vitest';
import { emptyRing, place } from '../../lib/ring/place.ts';
import { planAdoption } from './adoption.ts';
import type { Instance, InstanceState } from './ports.ts';

let clock = 0;
function instance(name: string, seat: number, state: InstanceState = 'running', standby = false): Instance {
  clock++;
  const address = { host: 'h', port: clock };
  return { id: `i${clock}`, name, seat, address, state, standby, origin: 'o', pid: 1, startedAt: clock };
}

const members = ['S1', 'S2', 'S3'].map((name, i) => ({ name, seat: i + 1 }));
const ring = place(emptyRing('balanced', 1), { kind: 'add', members });
const saved = { kind: 'found', record: { ring, drained: ['S2'] } } as const;
const base = { placement: 'balanced', seed: 1, fixed: false, standby: true } as const;

test('the saved ring counts; who runs in its seat is taken up, everybody else is not', () => {
  const [one, two, stray, dead] = [instance('S1', 1), instance('S2', 2), instance('x', 9), instance('S3', 3, 'exited')];
  const adoption = planAdoption({ ...base, stored: saved, instances: [one, two, stray, dead] });
  expect(adoption.ring).toBe(ring);
  expect([...adoption.adopted]).toEqual([
    [2, two],
    [1, one],
  ]);
  expect(adoption.discarded).toEqual([dead, stray]);
  expect(adoption).toMatchObject({ drained: ['S2'], note: null });
});

test('of two instances in one seat the newer stays', () => {
  const [older, newer] = [instance('S1', 1), instance('S1', 1)];
  const adoption = planAdoption({ ...base, stored: saved, instances: [older, newer] });
  expect(adoption.adopted.get(1)).toBe(newer);
  expect(adoption.discarded).toEqual([older]);
});

test('a paused instance is taken up too', () => {
  const paused = instance('S1', 1, 'paused');
  expect(planAdoption({ ...base, stored: saved, instances: [paused] }).adopted.get(1)).toBe(paused);
});

test('a standby is taken up beside its instance, not as one; one that is not paused is worth nothing there', () => {
  const [one, spare] = [instance('S1', 1), instance('S1', 1, 'paused', true)];
  const [two, awake, dead] = [instance('S2', 2), instance('S2', 2, 'running', true), instance('S1', 1, 'exited', true)];
  const adoption = planAdoption({ ...base, stored: saved, instances: [one, spare, two, awake, dead] });
  expect(adoption.adopted).toEqual(
    new Map([
      [1, one],
      [2, two],
    ]),
  );
  expect(adoption.standbys).toEqual(new Map([[1, spare]]));
  expect(adoption.discarded).toEqual([dead, awake]);
  const unwanted = planAdoption({ ...base, standby: false, stored: saved, instances: [one, spare] });
  expect(unwanted).toMatchObject({ standbys: new Map(), discarded: [spare] });
});

test('a standby whose instance is gone is there to take its place, and makes its replica a member', () => {
  const awake = instance('S1', 1, 'running', true);
  const spare = instance('S3', 3, 'paused', true);
  const adoption = planAdoption({ ...base, stored: { kind: 'empty' }, instances: [awake, spare] });
  expect(adoption.ring.members).toEqual([
    { name: 'S1', seat: 1 },
    { name: 'S3', seat: 3 },
  ]);
  expect(adoption.adopted).toEqual(new Map());
  expect(adoption.standbys).toEqual(
    new Map([
      [3, spare],
      [1, awake],
    ]),
  );
});

test('without a saved ring the labels of what runs make one', () => {
  const instances = [instance('b', 5), instance('a', 2), instance('c', 7, 'exited'), instance('a', 3)];
  const adoption = planAdoption({ ...base, stored: { kind: 'damaged', detail: 'torn' }, instances });
  expect(adoption.ring.members).toEqual([
    { name: 'a', seat: 2 },
    { name: 'b', seat: 5 },
  ]);
  expect(adoption.note).toBe('torn; the ring was rebuilt from 2 running replicas');
  expect(planAdoption({ ...base, stored: { kind: 'empty' }, instances: [] })).toMatchObject({ note: null });
});

test('another placement lays the ring out anew for the same members, at a later epoch', () => {
  const adoption = planAdoption({ ...base, placement: 'hashed', stored: saved, instances: [] });
  expect(adoption.ring).toMatchObject({ placement: 'hashed', members, epoch: ring.epoch + 1 });
});

test('fixed upstreams are the members whatever was saved, and those that stay keep their slots', () => {
  const instances = [instance('S1', 1), instance('S2', 2)];
  const adoption = planAdoption({ ...base, fixed: true, stored: saved, instances });
  expect(adoption.ring).toEqual(place(ring, { kind: 'remove', names: ['S3'] }));
  expect(adoption.discarded).toEqual([]);
  const same = planAdoption({ ...base, fixed: true, stored: saved, instances: [...instances, instance('S3', 3)] });
  expect(same.ring).toBe(ring);
});
