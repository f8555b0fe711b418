import { expect, test } from 'vitest';
import type { LifecycleEvent, StreamMessage } from '#lib/api/events.ts';
import { awayReplica, replicaOf, ringOf, stateOf } from '../_testing/state.ts';
import { reduce } from './reduce.ts';
import { EMPTY_VIEW, EVENTS_KEPT, type LiveView, SECONDS_KEPT } from './view.ts';

const start: LiveView = { ...EMPTY_VIEW, state: stateOf(3) };

function after(view: LiveView, ...messages: StreamMessage[]): LiveView {
  return messages.reduce(reduce, view);
}

function event(sequence: number): LifecycleEvent {
  return {
    sequence,
    at: sequence,
    kind: 'killed',
    severity: 'critical',
    replica: 'S1',
    message: 'killed',
    actor: 'test',
    incident: null,
  };
}

test('a changed replica takes its own place in the list and leaves the others as they are', () => {
  const next = after(start, { type: 'replica', data: awayReplica(2, 'replacing') });
  expect(next.state?.replicas.map((replica) => replica.status)).toEqual(['serving', 'replacing', 'serving']);
  expect(next.state?.replicas[0]).toBe(start.state?.replicas[0]);
});

test('a new replica is added and one that went is dropped', () => {
  const grown = after(start, { type: 'replica', data: replicaOf(4) });
  expect(grown.state?.replicas.map((replica) => replica.seat)).toEqual([1, 2, 3, 4]);
  const shrunk = after(grown, { type: 'replica-gone', data: { name: 'S1', seat: 1 } });
  expect(shrunk.state?.replicas.map((replica) => replica.seat)).toEqual([2, 3, 4]);
});

test('events are kept newest first, each once, even when a resume repeats them or they come late', () => {
  const next = after(start, ...[1, 3, 2, 3].map((n): StreamMessage => ({ type: 'event', data: event(n) })));
  expect(next.events.map((e) => e.sequence)).toEqual([3, 2, 1]);
});

test('the list of events has an end', () => {
  const messages = Array.from(
    { length: EVENTS_KEPT + 5 },
    (_, n): StreamMessage => ({ type: 'event', data: event(n) }),
  );
  expect(after(start, ...messages).events).toHaveLength(EVENTS_KEPT);
});

test('a changed ring keeps the one before it for comparison; who serves alone is no such change', () => {
  const ring = start.state?.ring ?? ringOf(3);
  const covered = after(start, { type: 'ring', data: { ...ring, serving: ring.owner.map(() => 1) } });
  expect(covered.previousRing).toBeNull();
  const grown = after(covered, { type: 'ring', data: { ...ringOf(4), epoch: ring.epoch + 1 } });
  expect(grown.previousRing?.members).toHaveLength(3);
});

test('a second updates figures, and only the latest seconds are kept', () => {
  const traffic = { ...replicaOf(1).traffic, requestsPerSecond: 42 };
  const totals = { ...stateOf(3).totals, requestsPerSecond: 42 };
  const second = (at: number): StreamMessage => ({
    type: 'second',
    data: { at, totals, replicas: [{ name: 'S1', seat: 1, traffic, resources: null }] },
  });
  const next = after(start, ...Array.from({ length: SECONDS_KEPT + 3 }, (_, n) => second(n)));
  expect(next.seconds).toHaveLength(SECONDS_KEPT);
  expect(next.seconds.at(-1)?.at).toBe(SECONDS_KEPT + 2);
  expect(next.state?.replicas[0]?.traffic.requestsPerSecond).toBe(42);
  expect(next.state?.replicas[1]?.traffic.requestsPerSecond).toBe(0);
});

test('no fewer requests are lost in all than in a failure, whatever was counted just before it was told', () => {
  const steps = { noticedMs: 8, outOfRotationMs: 9, newInstanceMs: null, servingMs: null, firstRequestMs: null };
  const incident = { id: 'b-1', replica: 'S1', cause: 'killed', at: 1, ...steps, requests: 60, retried: 2, lost: 52 };
  const told = after(start, { type: 'incident', data: incident });
  expect(told.state?.totals).toMatchObject({ lost: 52, retries: 2 });
  const second = { at: 2, totals: { ...stateOf(3).totals, lost: 50, retries: 4 }, replicas: [] };
  expect(after(told, { type: 'second', data: second }).state?.totals).toMatchObject({ lost: 52, retries: 4 });
  const more = { ...stateOf(3).totals, lost: 70, retries: 9 };
  const before = { ...start, state: stateOf(3, { totals: more }) };
  expect(after(before, { type: 'incident', data: incident }).state?.totals).toEqual(more);
});

test('a balancer that started anew clears the events of the one before', () => {
  const before = after(start, { type: 'event', data: event(9) });
  const restarted = stateOf(3, { balancer: { ...stateOf(3).balancer, bootId: 'another' } });
  expect(after(before, { type: 'hello', data: restarted }).events).toEqual([]);
  expect(after(before, { type: 'hello', data: stateOf(3) }).events).toHaveLength(1);
});

test('changes before the first snapshot are not guessed at', () => {
  expect(after(EMPTY_VIEW, { type: 'replica', data: replicaOf(1) })).toBe(EMPTY_VIEW);
});
