import { expect, test } from 'vitest';
import { afterTry, type Delivery, GIVEN_UP_AFTER_MS, nextDue, type SendResult, targetOf } from './delivery.ts';

const NOW = 1_000_000;

function delivery(change: Partial<Delivery> = {}): Delivery {
  return {
    id: 'd',
    webhookId: 'w',
    target: 'http://example.com',
    type: 'alert.firing',
    alertId: 'a',
    title: 't',
    body: '{}',
    state: 'waiting',
    attempts: 0,
    at: NOW,
    nextAt: NOW,
    endedAt: null,
    outcome: null,
    ...change,
  };
}

function status(code: number, retryAfterMs: number | null = null): SendResult {
  return { kind: 'answered', status: code, retryAfterMs };
}

test.each([
  ['204', status(204), 'delivered'],
  ['200', status(200), 'delivered'],
  ['a redirect', status(302), 'failed'],
  ['400', status(400), 'failed'],
  ['404', status(404), 'failed'],
  ['410', status(410), 'failed'],
  ['408', status(408), 'waiting'],
  ['429', status(429), 'waiting'],
  ['500', status(500), 'waiting'],
  ['503', status(503), 'waiting'],
  ['no answer', { kind: 'unanswered', reason: 'connect ECONNREFUSED' }, 'waiting'],
  ['a forbidden address', { kind: 'forbidden', reason: 'link-local' }, 'failed'],
] as const)('after %s it is as it has to be', (_, result, state) => {
  const next = afterTry(delivery(), result, NOW, 0.5);
  expect(next).toMatchObject({ state, attempts: 1 });
  expect(next.nextAt === null).toBe(state !== 'waiting');
});

test('it waits twice as long after each try, 5 min at most, and never less than half of that', () => {
  const waits = (random: number): number[] =>
    [1, 2, 3, 4, 12].map(
      (attempt) => (afterTry(delivery({ attempts: attempt - 1 }), status(503), NOW, random).nextAt ?? 0) - NOW,
    );
  expect(waits(0)).toEqual([500, 1_000, 2_000, 4_000, 150_000]);
  expect(waits(0.999).map((ms) => Math.ceil(ms / 1_000))).toEqual([1, 2, 4, 8, 300]);
});

test('a receiver may ask for more time, an hour at most', () => {
  expect(afterTry(delivery(), status(429, 60_000), NOW, 0).nextAt).toBe(NOW + 60_000);
  expect(afterTry(delivery(), status(503, 86_400_000), NOW, 0).nextAt).toBe(NOW + 3_600_000);
});

test('it is given up after a day', () => {
  const late = NOW + GIVEN_UP_AFTER_MS;
  expect(afterTry(delivery({ attempts: 300 }), status(503), late, 0)).toMatchObject({ state: 'failed', endedAt: late });
});

test('an end never comes before its begin, and one alert does not hold up another', () => {
  const begin = delivery({ id: 'begin', nextAt: NOW + 60_000 });
  const end = delivery({ id: 'end' });
  const other = delivery({ id: 'other', alertId: 'b' });
  expect(nextDue([begin, end, other], NOW)?.id).toBe('other');
  expect(nextDue([begin, end], NOW)).toBeNull();
  expect(nextDue([begin, end], NOW + 60_000)?.id).toBe('begin');
});

test('what may be a password is not shown', () => {
  expect(targetOf('https://hooks.example.com/services/T0/secret')).toBe('https://hooks.example.com/…');
  expect(targetOf('http://127.0.0.1:9000/?token=secret')).toBe('http://127.0.0.1:9000/…');
  expect(targetOf('http://127.0.0.1:9000')).toBe('http://127.0.0.1:9000');
});
