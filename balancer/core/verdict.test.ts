import { expect, test } from 'vitest';
import { TRUSTED, UNPROVEN } from './health.ts';
import { judgeFailure, verdictOn } from './verdict.ts';

const policy = {
  health: { intervalMs: 500, timeoutMs: 2250, rise: 2, fall: 3 },
  startTimeoutMs: 30_000,
  replaceAfterMs: 10_000,
};
const bad = { ...TRUSTED, standing: 'bad' as const, failures: 3, reason: 'status 500' };

test.each([
  ['a good one stays', TRUSTED, 0, null, 1e9, null],
  ['a new one has its time', UNPROVEN, 0, null, 30_000, null],
  ['a new one that never gets well goes', { ...UNPROVEN, reason: 'x' }, 0, null, 30_001, 'not healthy after 30 s: x'],
  ['a hung one goes at once', { ...bad, silent: true }, 0, 50, 50, 'hung: probes get no answer'],
  ['an unwell one has its time', bad, 0, 1_000, 11_000, null],
  ['an unwell one goes in the end', bad, 0, 1_000, 11_001, 'unwell for 10 s: status 500'],
] as const)('%s', (_, health, startedAt, badSince, now, verdict) => {
  expect(verdictOn({ health, life: { startedAt, badSince }, now, policy })).toBe(verdict);
});

test('a silent probe speaks for the later ones without an answer', () => {
  const probe = { reason: 'no answer', silent: true, unansweredSince: 4, stoodStill: false };
  expect(judgeFailure(probe)?.weight).toBe(5);
  expect(judgeFailure({ ...probe, silent: false })?.weight).toBe(1);
});

test('what is the balancer’s own fault says nothing', () => {
  const probe = { reason: 'no answer', silent: true, unansweredSince: 0, stoodStill: true };
  expect(judgeFailure(probe)).toBeNull();
  expect(judgeFailure({ ...probe, stoodStill: false, reason: 'connect EMFILE' })).toBeNull();
});
