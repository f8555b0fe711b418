import { expect, test } from 'vitest';
import { Availability, BoardReader, Counters, createBoard, SharedLoads } from './board.ts';

test('nobody is available on a new board', () => {
  expect(new Availability(createBoard(1)).has(1, 1)).toBe(false);
});

test('an opening holds from its snapshot on, a closing at once', () => {
  const board = createBoard(1);
  const main = new Availability(board);
  const worker = new Availability(board);
  main.set(5, true, 3);
  expect([worker.has(5, 2), worker.has(5, 3), worker.has(5, 4)]).toEqual([false, true, true]);
  main.set(5, false, 3);
  expect(worker.has(5, 4)).toBe(false);
});

test('what workers count adds up', () => {
  const board = createBoard(2);
  const [first, second] = [new Counters(board, 0), new Counters(board, 1)];
  for (const counters of [first, second]) {
    counters.requestRead(7);
    counters.attemptStarted(3);
    counters.answered(3, 204, 40);
    counters.bytes(3, 10, 20);
  }
  second.attemptEnded(3);
  second.retried(3);
  first.attemptFailed(3);
  first.lost();
  const reader = new BoardReader(board, 2);
  expect(reader.seat(3)).toMatchObject({
    requests: 2,
    class2: 2,
    inFlight: 1,
    bytesIn: 20,
    bytesOut: 40,
    failed: 1,
    retries: 1,
  });
  expect([reader.total('requests'), reader.total('retried'), reader.total('lost')]).toEqual([2, 1, 1]);
  expect(reader.slots()[7]).toBe(2);
  expect(reader.latency(3).reduce((sum, count) => sum + count, 0)).toBe(2);
});

test('seats and slots at both ends do not touch each other', () => {
  const board = createBoard(2);
  const counters = new Counters(board, 0);
  counters.answered(127, 599, 2 ** 31 - 1);
  counters.requestRead(511);
  const reader = new BoardReader(board, 2);
  expect(reader.seat(127)).toMatchObject({ requests: 1, class5: 1 });
  expect(reader.seat(126).requests + reader.seat(1).requests).toBe(0);
  expect(reader.total('requests')).toBe(1);
});

test('a worker that takes over has nothing in flight', () => {
  const board = createBoard(1);
  const crashed = new Counters(board, 0);
  crashed.connectionOpened();
  crashed.attemptStarted(1);
  crashed.answered(2, 200, 1);
  new Counters(board, 0).takeOver();
  const reader = new BoardReader(board, 1);
  expect([reader.seat(1).inFlight, reader.total('connections'), reader.seat(2).requests]).toEqual([0, 0, 1]);
});

test('what is in flight is counted for all workers where somebody looks at it, and without what a worker left', () => {
  const board = createBoard(2);
  const loads = new SharedLoads(board);
  const [first, second] = [new Counters(board, 0, loads), new Counters(board, 1, loads)];
  for (const counters of [first, first, second]) counters.attemptStarted(127);
  second.attemptStarted(1);
  first.attemptEnded(127);
  expect([loads.of(127), loads.of(1)]).toEqual([2, 1]);
  new Counters(board, 0, new SharedLoads(board)).takeOver();
  expect([loads.of(127), loads.of(1), loads.of(126)]).toEqual([1, 1, 0]);
  expect(new Availability(board).has(127, 1)).toBe(false);
});
