import { expect, test } from 'vitest';
import { awayReplica, replicaOf, ringOf } from '../_testing/state.ts';
import { healthWords } from './health-words.ts';

const ring = ringOf(2);
const secondAway = { ...ring, serving: ring.owner.map(() => 1) };

test('a fleet that is well is said to be', () => {
  expect(healthWords([replicaOf(1), replicaOf(2)], ring)).toEqual({
    tone: 'good',
    headline: 'all serving',
    detail: 'every slot is with its owner',
  });
});

test('a replica being replaced is named, with the slots others serve for it', () => {
  expect(healthWords([replicaOf(1), awayReplica(2, 'replacing')], secondAway)).toEqual({
    tone: 'critical',
    headline: 'S2 is being replaced',
    detail: 'its 256 slots are served by others',
  });
});

test('slots nobody answers for are the news, whoever is away', () => {
  const nobody = { ...ring, serving: ring.owner.map(() => 0) };
  const words = healthWords([awayReplica(1, 'down'), awayReplica(2, 'down')], nobody);
  expect(words.headline).toBe('2 replicas are away');
  expect(words.detail).toBe('512 slots without anyone to answer');
});

test('new replicas are no failure: they are said to start, without slots so far', () => {
  const joining = (seat: number) => awayReplica(seat, 'starting');
  const whole = ringOf(1);
  expect(healthWords([replicaOf(1), joining(2)], whole)).toEqual({
    tone: 'neutral',
    headline: 'S2 is starting',
    detail: 'it gets slots when it answers',
  });
  expect(healthWords([replicaOf(1), joining(2), joining(3)], whole)).toEqual({
    tone: 'neutral',
    headline: '2 replicas are starting',
    detail: 'they get slots when they answer',
  });
  expect(healthWords([replicaOf(1), joining(2), awayReplica(3, 'down')], whole).headline).toBe('2 replicas are away');
});

test('a paused replica is a warning, not a failure', () => {
  expect(healthWords([replicaOf(1), awayReplica(2, 'paused')], secondAway)).toMatchObject({
    tone: 'warning',
    headline: 'S2 is paused',
  });
});

test('degraded and draining replicas still serve, and are said in that order', () => {
  const draining = replicaOf(2, { status: 'draining' });
  expect(healthWords([replicaOf(1), draining], ring).headline).toBe('S2 is draining');
  expect(healthWords([replicaOf(1, { status: 'degraded' }), draining], ring).headline).toBe('S1 is degraded');
});

test('slots of those that drain are not counted as of those that are away', () => {
  const four = ringOf(4);
  const fleet = [replicaOf(1), awayReplica(2, 'down'), awayReplica(3, 'paused'), awayReplica(4, 'draining')];
  expect(healthWords(fleet, { ...four, serving: four.owner.map(() => 1) })).toMatchObject({
    headline: '2 replicas are away',
    detail: 'their 256 slots are served by others; S4 is draining',
  });
});

test('an empty fleet says what to do', () => {
  expect(healthWords([], ring).headline).toBe('no replicas');
});
