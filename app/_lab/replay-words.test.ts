import { expect, test } from 'vitest';
import type { KillRound } from '#lib/lab/run.ts';
import { momentOf } from './replay-words.ts';

const round: KillRound = {
  fault: 'kill',
  target: 'S2',
  faultAtMs: 1000,
  noticedMs: 20,
  outOfRotationMs: 10,
  newInstanceMs: 90,
  servingMs: 310,
  firstRequestMs: null,
  requests: 100,
  retried: 0,
  lost: 0,
  p99BeforeMs: 1,
  p99DuringMs: 2,
  worstMs: 3,
  frames: [900, 1005, 1050, 1100, 1400].map((atMs) => ({
    atMs,
    requests: 5,
    failed: 0,
    replicas: [['S1', 5]],
    p50Ms: 1,
    p99Ms: 2,
    latencies: [],
  })),
  pass: true,
};

test.each([
  [0, -100, 'all is well'],
  [1, 5, 'nobody has noticed yet'],
  [2, 50, 'it was noticed'],
  [3, 100, 'a new instance was started'],
  [4, 400, 'it serves again'],
  [99, 400, 'it serves again'],
])('frame %i is %i ms after the fault, when %s', (at, afterMs, step) => {
  expect(momentOf(round, at)).toMatchObject({ afterMs, step });
});

test('a round without frames has no moments', () => {
  expect(momentOf({ ...round, frames: [] }, 0)).toBeNull();
});
