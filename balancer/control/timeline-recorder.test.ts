import { expect, test } from 'vitest';
import type { ReplicaView, RingView } from '../../lib/api/state.ts';
import { emptyRing, place } from '../../lib/ring/place.ts';
import { MemoryStore } from '../core/memory-store.ts';
import { timelineOf } from './past.ts';
import { TimelineRecorder } from './timeline-recorder.ts';

function ringOf(count: number): RingView {
  const members = Array.from({ length: count }, (_, index) => ({ name: `S${index + 1}`, seat: index + 1 }));
  const ring = count === 0 ? emptyRing('balanced', 1) : place(emptyRing('balanced', 1), { kind: 'add', members });
  return structuredClone({ ...ring, serving: ring.owner }) as RingView;
}

function viewOf(seat: number, status: ReplicaView['status'] = 'serving'): ReplicaView {
  const figures = { requestsPerSecond: 7, inFlight: 1, p50Ms: 1, p99Ms: 2, requests: 9, errors: 0, retries: 0 };
  const condition = { status, reason: null, since: 0, available: status === 'serving' };
  return {
    name: `S${seat}`,
    seat,
    ...condition,
    slots: 1,
    restarts: 0,
    standby: 'none',
    instance: null,
    traffic: figures,
    resources: null,
  };
}

/** A recorder whose clock says what it is told. */
function setUp() {
  const store = new MemoryStore();
  const clock = { at: 1_000 };
  const recorder = new TimelineRecorder({ store, bootId: 'boot', wallTime: () => clock.at });
  const seen = (from: number, to?: number) =>
    timelineOf(store, { from, ...(to === undefined ? {} : { to }) }, clock.at);
  const words = (from: number): string =>
    seen(from)
      .base?.seats.map(({ name, status }) => `${name} ${status}`)
      .join(', ') ?? 'nothing';
  return { store, clock, recorder, seen, words };
}

test('the past is as it was at a moment, and told change by change after it', () => {
  const { clock, recorder, seen, words } = setUp();
  recorder.begin(ringOf(0));
  clock.at = 2_000;
  recorder.seat(viewOf(1));
  recorder.ring(ringOf(1));
  clock.at = 3_000;
  recorder.seat(viewOf(1, 'down'));
  clock.at = 4_000;
  recorder.end();
  expect([999, 1_000, 2_500, 3_000, 4_000].map(words)).toEqual(['nothing', '', 'S1 serving', 'S1 down', 'nothing']);
  expect(seen(2_500).base?.ring.members).toEqual([{ name: 'S1', seat: 1 }]);
  expect(seen(2_000, 3_500).changes).toMatchObject([{ kind: 'seat', at: 3_000, seat: { status: 'down' } }]);
});

test('a change has the time at which it was made, as its event has, not that at which it is told', () => {
  const { clock, recorder, words } = setUp();
  recorder.begin(ringOf(1));
  recorder.seat(viewOf(1));
  clock.at = 3_007;
  recorder.seat({ ...viewOf(1, 'down'), since: 3_000 });
  expect([2_999, 3_000].map(words)).toEqual(['S1 serving', 'S1 down']);
});

test('figures are left to the samples', () => {
  const { recorder, seen } = setUp();
  recorder.begin(ringOf(0));
  recorder.seat(viewOf(1));
  expect(Object.keys(seen(1_000).base?.seats[0] ?? {})).not.toContain('traffic');
});

test('the ring is written down when membership changed, not when somebody else serves', () => {
  const { recorder, clock, seen } = setUp();
  recorder.begin(ringOf(0));
  clock.at = 2_000;
  recorder.ring(ringOf(2));
  recorder.ring({ ...ringOf(2), serving: Array.from({ length: 512 }, () => 1) });
  expect(seen(1_000, 9_000).changes.map(({ kind }) => kind)).toEqual(['ring']);
});

test('now and then everything is written down, and nobody who asks can tell', () => {
  const { recorder, clock, store, seen, words } = setUp();
  recorder.begin(ringOf(1));
  for (let n = 0; n < 500; n++) {
    clock.at += 1;
    recorder.seat(viewOf(1, n % 2 === 0 ? 'down' : 'serving'));
  }
  expect(store.timeline({ from: 0, to: 9_999, limit: 9_999 }).filter(({ kind }) => kind === 'whole')).toHaveLength(2);
  expect(seen(1_000, 9_999).changes).toHaveLength(500);
  expect(store.timeline({ from: clock.at, to: clock.at, limit: 9_999 }).length).toBeLessThan(201);
  expect([words(1_301), words(1_302)]).toEqual(['S1 down', 'S1 serving']);
});

test('more than one page holds is told up to where the page is complete, and goes on from there', () => {
  const { recorder, clock, seen } = setUp();
  recorder.begin(ringOf(1));
  for (let n = 0; n < 3_000; n++) {
    if (n % 3 === 0) clock.at += 1;
    recorder.seat(viewOf(1, n % 2 === 0 ? 'down' : 'serving'));
  }
  const first = seen(1_000, 9_999);
  const second = seen(first.until, 9_999);
  expect(first.changes.length).toBeLessThanOrEqual(2_000);
  expect(first.changes.length + second.changes.length).toBe(3_000);
});

test('a clock that is set back does not turn the order around', () => {
  const { recorder, clock, seen } = setUp();
  recorder.begin(ringOf(1));
  clock.at = 500;
  recorder.seat(viewOf(1));
  expect(seen(1_000).base?.seats).toHaveLength(1);
});
