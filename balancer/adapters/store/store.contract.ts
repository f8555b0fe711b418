import { describe, expect, test } from 'vitest';
import type { PreviousLog } from '../../../lib/api/admin.ts';
import type { LifecycleEvent } from '../../../lib/api/events.ts';
import type { Sample } from '../../../lib/api/samples.ts';
import type { IncidentView } from '../../../lib/api/state.ts';
import type { SeatMoment } from '../../../lib/api/timeline.ts';
import { emptyRing, place } from '../../../lib/ring/place.ts';
import { type FleetRecord, type Store, TIMELINE_KEPT_MS, type TimelineEntry } from '../../core/store.ts';
import { alertStoreContract } from './alert-store.contract.ts';

export function someFleet(): FleetRecord {
  const members = ['S1', 'S2', 'S3'].map((name, i) => ({ name, seat: i + 1 }));
  return { ring: place(emptyRing('balanced', 1), { kind: 'add', members }), drained: ['S2'] };
}

export function someEvent(sequence: number, change: Partial<LifecycleEvent> = {}): LifecycleEvent {
  const event: LifecycleEvent = {
    sequence,
    at: 1000 + sequence,
    kind: 'serving',
    severity: 'good',
    replica: 'S1',
    message: 'serving',
    actor: 'balancer',
    incident: null,
  };
  return { ...event, ...change };
}

function someIncident(id: string, at: number): IncidentView {
  const steps = { noticedMs: 1, outOfRotationMs: 2, newInstanceMs: null, servingMs: null, firstRequestMs: null };
  return { id, replica: 'S1', cause: 'killed', at, ...steps, requests: 0, retried: 0, lost: 0 };
}

function somePreviousLog(instance: string): PreviousLog {
  const line = { at: 9, stream: 'stderr' as const, text: `${instance} cannot go on: “no database”` };
  return { instance, reason: 'exit code 3', endedAt: 10, lines: [line] };
}

function someSample(at: number, requestsPerSecond: number): Sample {
  const figures = { requestsPerSecond, errorsPerSecond: 0.25, inFlight: 2, p50Ms: 1.5, p99Ms: null };
  const replica = { name: 'S1', seat: 1, status: 'serving' as const, ...figures, cpuPercent: 3, memoryBytes: 80e6 };
  return { at, serving: 1, ...figures, retriesPerSecond: 0, lostPerSecond: 0, replicas: [replica] };
}

function someTimeline(): TimelineEntry[] {
  const { ring: placed } = someFleet();
  const { members, owner, virtualNodes, ...rest } = placed;
  const ring = { ...rest, members: [...members], owner: [...owner], virtualNodes: [...virtualNodes] };
  const condition = { status: 'serving', reason: null, since: 1, available: true } as const;
  const seat: SeatMoment = {
    name: 'S1',
    seat: 1,
    ...condition,
    slots: 171,
    restarts: 0,
    standby: 'none' as const,
    instance: null,
  };
  return [
    { kind: 'boot', at: 10, bootId: 'a', ring },
    { kind: 'seat', at: 20, seat },
    { kind: 'ring', at: 30, ring },
    { kind: 'seat', at: 40, seat: { ...seat, status: 'down', available: false } },
    { kind: 'whole', at: 50, moment: { bootId: 'a', ring, seats: [seat] } },
    { kind: 'seat-gone', at: 60, seat: 1 },
    { kind: 'end', at: 70 },
  ];
}

/** What every Store does. `open` gives a fresh one; `reopen` what a restarted balancer finds of it, where it can. */
export function storeContract(name: string, open: () => Store, reopen?: (store: Store) => Store): void {
  alertStoreContract(name, open, reopen);
  describe(`store: ${name}`, () => {
    test('a new one is empty', () => {
      const store = open();
      expect(store.loadFleet()).toEqual({ kind: 'empty' });
      expect(store.events({ limit: 10 })).toEqual([]);
      expect(store.incidents(10)).toEqual([]);
      store.close();
    });

    test('a fleet comes back as it was saved', () => {
      const store = open();
      const record = someFleet();
      expect(store.saveFleet(record)).toEqual({ ok: true });
      expect(store.loadFleet()).toEqual({ kind: 'found', record });
      store.close();
    });

    test('samples come back by step and range, and one of the same time replaces the other', () => {
      const store = open();
      for (const at of [1_000, 2_000, 3_000, 4_000]) store.appendSample(1_000, someSample(at, 1));
      store.appendSample(1_000, someSample(2_000, 7));
      store.appendSample(10_000, someSample(0, 9));
      expect(store.lastSampleAt(1_000)).toBe(4_000);
      expect(store.lastSampleAt(60_000)).toBeNull();
      const found = store.samples({ stepMs: 1_000, from: 2_000, to: 4_000 });
      expect(found).toEqual([someSample(2_000, 7), someSample(3_000, 1)]);
      store.close();
    });

    test('samples older than their step is kept are dropped', () => {
      const store = open();
      for (let n = 0; n < 60; n++) store.appendSample(1_000, someSample(n * 1_000, n));
      for (let n = 0; n < 60; n++) store.appendSample(1_000, someSample(7_200_000 + n * 1_000, n));
      const [oldest] = store.samples({ stepMs: 1_000, from: 0, to: 9_000_000 });
      expect(oldest?.at).toBe(7_200_000);
      store.close();
    });

    test('the timeline comes back from the last beginning before a moment on', () => {
      const store = open();
      for (const entry of someTimeline()) store.appendTimeline(entry);
      const read = (from: number, to: number, limit = 100): string[] =>
        store.timeline({ from, to, limit }).map(({ kind, at }) => `${kind} ${at}`);
      expect(read(25, 40)).toEqual(['boot 10', 'seat 20', 'ring 30', 'seat 40']);
      expect(read(50, 70)).toEqual(['whole 50', 'seat-gone 60', 'end 70']);
      expect(read(5, 20)).toEqual(['boot 10', 'seat 20']);
      expect(read(55, 70, 2)).toEqual(['whole 50', 'seat-gone 60']);
      expect(store.timeline({ from: 0, to: 99, limit: 100 })).toEqual(someTimeline());
      store.close();
    });

    test('the timeline is dropped when it is too old, but what is left begins with a beginning', () => {
      const store = open();
      for (const entry of someTimeline()) store.appendTimeline(entry);
      const [boot] = someTimeline();
      if (boot?.kind !== 'boot') throw new Error('it begins with a boot');
      store.appendTimeline({ ...boot, at: 55 + TIMELINE_KEPT_MS });
      expect(store.timeline({ from: 0, to: Number.MAX_SAFE_INTEGER, limit: 9 }).map(({ kind }) => kind)).toEqual([
        'whole',
        'seat-gone',
        'end',
        'boot',
      ]);
      store.close();
    });

    test('the last fleet saved counts, and one without members is none', () => {
      const store = open();
      const record = someFleet();
      store.saveFleet(record);
      store.saveFleet({ ...record, drained: [] });
      expect(store.loadFleet()).toMatchObject({ record: { drained: [] } });
      store.saveFleet({ ring: emptyRing('balanced', 1), drained: [] });
      expect(store.loadFleet()).toEqual({ kind: 'empty' });
      store.close();
    });

    test('events are numbered over boots, oldest first, and the newest when nothing else is asked', () => {
      const store = open();
      for (let i = 1; i <= 5; i++) store.appendEvent('a', someEvent(i));
      store.appendEvent('b', someEvent(1));
      const events = store.events({ limit: 3 });
      expect(events.map(({ bootId, sequence }) => [bootId, sequence])).toEqual([
        ['a', 4],
        ['a', 5],
        ['b', 1],
      ]);
      expect(events.map(({ id }) => id)).toEqual([...events.map(({ id }) => id)].sort((a, b) => a - b));
      store.close();
    });

    test('events can be paged both ways and filtered', () => {
      const store = open();
      for (let i = 1; i <= 6; i++)
        store.appendEvent('a', someEvent(i, i % 2 === 0 ? { replica: 'S2', kind: 'killed' } : {}));
      const sequences = (query: Parameters<Store['events']>[0]): number[] => store.events(query).map((e) => e.sequence);
      const [first] = store.events({ limit: 100 });
      const id = (sequence: number): number => (first?.id ?? 0) + sequence - 1;
      expect(sequences({ after: id(2), limit: 2 })).toEqual([3, 4]);
      expect(sequences({ before: id(4), limit: 2 })).toEqual([2, 3]);
      expect(sequences({ replica: 'S2', limit: 10 })).toEqual([2, 4, 6]);
      expect(sequences({ kind: 'killed', after: id(2), limit: 10 })).toEqual([4, 6]);
      expect(sequences({ from: 1002, to: 1004, limit: 10 })).toEqual([2, 3, 4]);
      expect(sequences({ to: 1004, limit: 2 })).toEqual([3, 4]);
      store.close();
    });

    test('events of people and of alerts can be told from the others', () => {
      const store = open();
      store.appendEvent('a', someEvent(1));
      store.appendEvent('a', someEvent(2, { kind: 'killed', actor: 'alice' }));
      store.appendEvent('a', someEvent(3, { kind: 'alert-fired' }));
      store.appendEvent('a', someEvent(4, { kind: 'alert-silenced', actor: 'alice' }));
      store.appendEvent('a', someEvent(5, { kind: 'webhook-failed' }));
      const sequences = (about: 'alerts' | 'people'): number[] =>
        store.events({ about, limit: 10 }).map((event) => event.sequence);
      expect(sequences('people')).toEqual([2, 4]);
      expect(sequences('alerts')).toEqual([3, 4, 5]);
      store.close();
    });

    test('an incident is saved again and again, and shown once, newest first', () => {
      const store = open();
      store.saveIncident(someIncident('one', 1));
      store.saveIncident(someIncident('two', 2));
      store.saveIncident({ ...someIncident('one', 1), servingMs: 400 });
      expect(store.incidents(10).map(({ id, servingMs }) => [id, servingMs])).toEqual([
        ['two', null],
        ['one', 400],
      ]);
      expect(store.incidents(1)).toHaveLength(1);
      expect(store.incidents(10, 1).map(({ id }) => id)).toEqual(['one']);
      store.close();
    });

    test('of each replica the newest last words are kept, for as long as it is a member', () => {
      const store = open();
      expect(store.previousLog('S1')).toBeNull();
      for (const id of ['a', 'b']) store.savePreviousLog('S1', somePreviousLog(id));
      store.savePreviousLog('S4', somePreviousLog('d'));
      expect(store.previousLog('S1')).toEqual(somePreviousLog('b'));
      expect(store.previousLog('S4')).toEqual(somePreviousLog('d'));
      store.saveFleet(someFleet());
      expect(store.previousLog('S1')).toEqual(somePreviousLog('b'));
      expect(store.previousLog('S4')).toBeNull();
      const none = { ring: emptyRing('balanced', 1), drained: [] };
      store.saveFleet(none);
      expect(store.previousLog('S1')).toBeNull();
      store.close();
    });

    test('closing twice is fine, and nothing throws after it', () => {
      const store = open();
      store.close();
      store.close();
      store.appendEvent('a', someEvent(1));
      store.saveIncident(someIncident('one', 1));
      expect(() => store.events({ limit: 1 })).not.toThrow();
    });

    if (reopen === undefined) return;
    test('everything outlives a restart', () => {
      const store = open();
      const record = someFleet();
      store.saveFleet(record);
      store.appendEvent('a', someEvent(1));
      store.saveIncident(someIncident('one', 1));
      store.savePreviousLog('S1', somePreviousLog('a'));
      for (const entry of someTimeline()) store.appendTimeline(entry);
      const next = reopen(store);
      expect(next.loadFleet()).toEqual({ kind: 'found', record });
      expect(next.events({ limit: 10 })).toMatchObject([{ bootId: 'a', sequence: 1 }]);
      expect(next.incidents(10)).toHaveLength(1);
      expect(next.previousLog('S1')).toEqual(somePreviousLog('a'));
      expect(next.timeline({ from: 0, to: 99, limit: 99 })).toEqual(someTimeline());
      next.close();
    });
  });
}
