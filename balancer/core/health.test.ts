import { expect, test } from 'vitest';
import {
  type Health,
  type HealthPolicy,
  isOwnFault,
  isSilence,
  observeFailure,
  observePass,
  probeDelayMs,
  TRUSTED,
  UNPROVEN,
} from './health.ts';

const policy: HealthPolicy = { intervalMs: 500, timeoutMs: 2250, rise: 2, fall: 3 };
const refused = { reason: 'connect ECONNREFUSED', silent: false, weight: 1 };

function after(health: Health, results: string): Health {
  return [...results].reduce(
    (now, result) => (result === '+' ? observePass(now, policy) : observeFailure(now, refused, policy)),
    health,
  );
}

test.each([
  ['a new instance needs one pass', UNPROVEN, '+', 'good'],
  ['a new instance does not fall', UNPROVEN, '-----', 'unproven'],
  ['two failures are not enough', TRUSTED, '--', 'good'],
  ['three failures take it out', TRUSTED, '---', 'bad'],
  ['failures count in a row only', TRUSTED, '--+--+--', 'good'],
  ['one pass does not bring it back', TRUSTED, '---+', 'bad'],
  ['two passes bring it back', TRUSTED, '---++', 'good'],
  ['passes count in a row only', TRUSTED, '---+-+-+', 'bad'],
] as const)('%s', (_, start, results, standing) => {
  expect(after(start, results).standing).toBe(standing);
});

test('a failure that stands for several takes it out at once', () => {
  const failure = { reason: 'no answer', silent: true, weight: 4 };
  expect(observeFailure(TRUSTED, failure, policy)).toMatchObject({ standing: 'bad', silent: true, failures: 4 });
});

test('the reason of the last failure is kept until it is good again', () => {
  expect(after(TRUSTED, '---').reason).toBe('connect ECONNREFUSED');
  expect(after(TRUSTED, '---+').reason).toBe('connect ECONNREFUSED');
  expect(after(TRUSTED, '---++').reason).toBeNull();
});

test('silence is a failure that took the whole time allowed', () => {
  expect(isSilence({ ok: false, durationMs: 2250, reason: 'no answer' }, policy)).toBe(true);
  expect(isSilence({ ok: false, durationMs: 3, reason: 'refused' }, policy)).toBe(false);
  expect(isSilence({ ok: true, durationMs: 2249 }, policy)).toBe(false);
});

test('running out of file descriptors is the balancer’s own fault', () => {
  expect(isOwnFault('connect EMFILE 127.0.0.1:80')).toBe(true);
  expect(isOwnFault('connect ECONNREFUSED')).toBe(false);
});

test.each([
  ['a new instance is asked eagerly', UNPROVEN, 0, 15],
  ['less so after a while', UNPROVEN, 200, 100],
  ['a good one at the interval', TRUSTED, 9, 500],
  ['a failing one often', after(TRUSTED, '-'), 9, 100],
  ['one that stays bad at the interval', after(TRUSTED, '-'.repeat(120)), 9, 500],
] as const)('%s', (_, health, probes, ms) => {
  expect(probeDelayMs(health, probes, policy)).toBe(ms);
});
