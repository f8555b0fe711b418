import { expect, test } from 'vitest';
import type { Sample } from '#lib/api/samples.ts';
import type { IncidentView } from '#lib/api/state.ts';
import type { SeatMoment, TimelineChange } from '#lib/api/timeline.ts';
import { ringOf, stateOf } from '../_testing/state.ts';
import type { Past } from './past.ts';
import { PastViewer } from './past-viewer.ts';

const { balancer } = stateOf(3);
const { serving: _, ...ring } = ringOf(3);

function seatOf(seat: number, status: SeatMoment['status'] = 'serving'): SeatMoment {
  const rest = { reason: null, since: 0, slots: 170, restarts: 0, standby: 'none' as const, instance: null };
  return { name: `S${seat}`, seat, status, available: status === 'serving', ...rest };
}

function sampleAt(at: number): Sample {
  const figures = { requestsPerSecond: at / 100, errorsPerSecond: 0, inFlight: 1, p50Ms: 1, p99Ms: 2 };
  const replica = { name: 'S1', seat: 1, status: 'serving' as const, ...figures, cpuPercent: 4, memoryBytes: 5 };
  return { at, serving: 3, ...figures, retriesPerSecond: 2, lostPerSecond: 0, replicas: [replica] };
}

const killed: IncidentView = {
  ...{ id: 'i', replica: 'S2', cause: 'killed', at: 5_000, requests: 9, retried: 1, lost: 0 },
  ...{ noticedMs: 20, outOfRotationMs: 21, newInstanceMs: 60, servingMs: 400, firstRequestMs: 410 },
};

function pastWith(changes: readonly TimelineChange[] = [], change: Partial<Past> = {}): Past {
  const samples = Array.from({ length: 10 }, (_unused, n) => sampleAt(n * 1_000));
  const base = { bootId: 'then', ring, seats: [1, 2, 3].map((seat) => seatOf(seat)) };
  const page = { strideMs: 1_000, stepMs: 1_000, samples };
  return { from: 0, to: 10_000, base, changes, samples: page, events: [], incidents: [killed], ...change };
}

const DOWN: TimelineChange = { kind: 'seat', at: 5_020, seat: seatOf(2, 'down') };
const BACK: TimelineChange = { kind: 'seat', at: 5_400, seat: seatOf(2) };

test('a replica that was away is away, its slots are with others, and then it is back', () => {
  const viewer = new PastViewer(pastWith([DOWN, BACK]), balancer);
  const look = (at: number) => {
    const { state } = viewer.at(at);
    return [state?.replicas[1]?.status, state?.totals.serving, state?.ring.serving.includes(2)];
  };
  expect(look(5_019)).toEqual(['serving', 3, true]);
  expect(look(5_020)).toEqual(['down', 2, false]);
  expect(look(5_399)).toEqual(['down', 2, false]);
  expect(look(5_400)).toEqual(['serving', 3, true]);
});

test('figures are those of the second, and charts end there', () => {
  const view = new PastViewer(pastWith(), balancer).at(4_700);
  expect(view.connection).toBe('past');
  expect(view.state?.totals.requestsPerSecond).toBe(40);
  expect(view.state?.replicas[0]?.traffic.requestsPerSecond).toBe(40);
  expect(view.state?.replicas[0]?.resources?.cpuPercent).toBe(4);
  expect(view.seconds.at(-1)?.at).toBe(4_000);
  expect(view.state?.totals.retries).toBe(10);
});

test('the stopwatch shows the steps that had happened by then, and no failure that was still to come', () => {
  const viewer = new PastViewer(pastWith(), balancer);
  expect(viewer.at(4_999).state?.incidents).toEqual([]);
  const [incident] = viewer.at(5_060).state?.incidents ?? [];
  expect(incident).toMatchObject({ noticedMs: 20, outOfRotationMs: 21, newInstanceMs: 60, servingMs: null });
  expect(viewer.at(5_500).state?.incidents[0]?.servingMs).toBe(400);
});

test('events end at the moment, newest first', () => {
  const event = { severity: 'info', replica: 'S1', message: '', actor: 'balancer', incident: null } as const;
  const events = [1_000, 2_000, 3_000].map((at, n) => ({
    ...{ ...event, id: n + 1, bootId: 'then', at, kind: 'serving' as const, sequence: 1 },
  }));
  const viewer = new PastViewer(pastWith([], { events }), balancer);
  expect(viewer.at(2_500).events.map(({ sequence }) => sequence)).toEqual([2, 1]);
});

test('while nothing changes the view is the same object, and the ring is kept as long as nobody else serves', () => {
  const viewer = new PastViewer(pastWith([DOWN]), balancer);
  const first = viewer.at(3_100);
  expect(viewer.at(3_900)).toBe(first);
  const next = viewer.at(4_000);
  expect(next).not.toBe(first);
  expect(next.state?.ring).toBe(first.state?.ring);
  expect(viewer.at(5_020).state?.ring).not.toBe(first.state?.ring);
});

test('where no balancer ran nothing is shown, whatever was true before', () => {
  const viewer = new PastViewer(pastWith([], { to: 60_000 }), balancer);
  expect(viewer.at(9_900).state).not.toBeNull();
  expect(viewer.at(30_000).state).toBeNull();
  const stopped = new PastViewer(pastWith([{ kind: 'end', at: 4_000 }]), balancer);
  expect(stopped.at(4_001).state).toBeNull();
});

test('the ring before a change of membership is what the change mode compares with', () => {
  const { serving: _s, ...smaller } = ringOf(2);
  const viewer = new PastViewer(pastWith([{ kind: 'ring', at: 4_000, ring: { ...smaller, epoch: 9 } }]), balancer);
  expect(viewer.at(3_999).previousRing).toBeNull();
  expect(viewer.at(4_000).previousRing?.members).toHaveLength(3);
  expect(viewer.at(4_000).state?.ring.members).toHaveLength(2);
});

test('samples of ten seconds speak for each of their seconds', () => {
  const samples = { strideMs: 10_000, stepMs: 10_000, samples: [sampleAt(0), sampleAt(10_000)] };
  const view = new PastViewer(pastWith([], { samples, to: 30_000 }), balancer).at(14_000);
  expect(view.seconds).toHaveLength(15);
  expect(view.state?.totals.requestsPerSecond).toBe(100);
});
