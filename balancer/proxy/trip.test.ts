import { afterEach, expect, test } from 'vitest';
import { Availability, BoardReader, Counters, createBoard } from '../core/board.ts';
import { pick } from '../core/pick.ts';
import { RetryBudget } from '../core/retry.ts';
import type { UpstreamReport } from '../core/snapshot.ts';
import { DeadlineWheel } from './deadlines.ts';
import { TrustedProxies } from './forwarded.ts';
import { Replicas } from './replicas.ts';
import { seatRoute, snapshotOf, TRAFFIC } from './testing/traffic.ts';
import { limitsOf } from './traffic-limits.ts';
import { type AttemptFailure, Trip } from './trip.ts';

const wheels: DeadlineWheel[] = [];
afterEach(() => {
  for (const wheel of wheels.splice(0)) wheel.close();
});

/** A worker's context without sockets, in front of seats 1 and 2. */
function setUp(maxAttempts = 3) {
  const board = createBoard(1);
  const deadlines = new DeadlineWheel();
  wheels.push(deadlines);
  const options = { ...TRAFFIC, maxAttempts };
  const replicas = new Replicas(options, deadlines, () => undefined);
  replicas.apply(snapshotOf([seatRoute(1, 1001), seatRoute(2, 1002)]));
  const availability = new Availability(board);
  for (const seat of [1, 2]) availability.set(seat, true, 1);
  const reports: UpstreamReport[] = [];
  const context = {
    options,
    counters: new Counters(board, 0),
    availability,
    replicas,
    budget: new RetryBudget(0.2),
    deadlines,
    limits: limitsOf(options),
    chooseSlot: () => 0,
    pick,
    trusted: new TrustedProxies([]),
    report: (report: UpstreamReport) => void reports.push(report),
    stopping: false,
  };
  return { trip: new Trip(context), availability, reports, reader: new BoardReader(board, 1) };
}

const DROPPED: AttemptFailure = {
  kind: 'reset',
  detail: 'ECONNRESET',
  unsent: false,
  bodyIntact: true,
  answerBegun: false,
};

test('a failed attempt goes on to the understudy, and is told and counted', () => {
  const { trip, reports, reader } = setUp();
  trip.begin('GET', 0);
  expect(trip.next()?.route.seat).toBe(1);
  expect(trip.failed(DROPPED)).toBe(true);
  expect(trip.next()?.route.seat).toBe(2);
  trip.answered(200, 10, 20);
  expect(reports).toEqual([{ kind: 'reset', seat: 1, instanceId: 'instance-1-1001', detail: 'ECONNRESET' }]);
  expect(reader.seat(1)).toMatchObject({ failed: 1, inFlight: 0, requests: 0 });
  expect(reader.seat(2)).toMatchObject({ retries: 1, inFlight: 0, requests: 1, class2: 1 });
  expect([reader.total('requests'), reader.total('retried'), reader.total('lost')]).toEqual([1, 1, 0]);
});

test('with nobody else left the same replica is asked once more, up to the attempts allowed', () => {
  const { trip, availability, reader } = setUp(2);
  availability.set(2, false, 1);
  trip.begin('GET', 0);
  trip.next();
  expect(trip.failed(DROPPED)).toBe(true);
  expect(trip.next()?.route.seat).toBe(1);
  expect(trip.failed(DROPPED)).toBe(false);
  expect(reader.total('lost')).toBe(1);
});

test('what we lack ourselves takes no replica out of rotation', () => {
  const { trip, reports, reader } = setUp();
  trip.begin('GET', 0);
  trip.next();
  trip.failed({ ...DROPPED, kind: 'refused', detail: 'EMFILE', unsent: true });
  expect(reports).toEqual([]);
  expect(reader.seat(1).failed).toBe(0);
});

test('a client that goes away is nobody’s failure', () => {
  const { trip, reader } = setUp();
  trip.begin('GET', 0);
  trip.next();
  trip.abandoned();
  trip.abandoned();
  expect(reader.seat(1)).toMatchObject({ inFlight: 0, failed: 0, requests: 0 });
  expect(reader.total('lost')).toBe(0);
});
