import { expect, test } from 'vitest';
import { TRUSTED, UNPROVEN } from './health.ts';
import type { Instance } from './ports.ts';
import { CLEAR, type Conditions, isAvailable, type SeatState, statusOf } from './seat-state.ts';

const instance: Instance = {
  id: 'i',
  name: 'S1',
  seat: 1,
  address: { host: 'h', port: 1 },
  state: 'running',
  standby: false,
  origin: 'o',
  pid: 1,
  startedAt: 0,
};
const bad = { ...TRUSTED, standing: 'bad' as const, failures: 3, reason: 'status 500' };

function live(conditions: Partial<Conditions> = {}, health = TRUSTED, replaces: string | null = null): SeatState {
  return { kind: 'live', instance, health, conditions: { ...CLEAR, ...conditions }, replaces };
}

test.each<[SeatState, string, boolean]>([
  [{ kind: 'starting', replaces: null }, 'starting', false],
  [{ kind: 'starting', replaces: 'killed' }, 'replacing', false],
  [{ kind: 'waiting', reason: 'r', looping: false }, 'down', false],
  [{ kind: 'waiting', reason: 'r', looping: true }, 'crash-looping', false],
  [live({}, UNPROVEN), 'starting', false],
  [live({}, UNPROVEN, 'killed'), 'replacing', false],
  [live(), 'serving', true],
  [live({}, { ...TRUSTED, failures: 1, reason: 'x' }), 'degraded', true],
  [live({}, bad), 'down', false],
  [live({ suspected: 'refused' }), 'down', false],
  [live({ ejected: 'errors' }), 'ejected', false],
  [live({ paused: 'outside' }), 'paused', false],
  [live({ paused: 'by-operator', drained: true }, bad), 'paused', false],
  [live({ drained: true }, bad), 'draining', false],
  [{ kind: 'restarting', instance }, 'replacing', false],
  [{ kind: 'leaving', instance }, 'draining', false],
])('%j is shown as %s', (state, status, available) => {
  expect(statusOf(state).status).toBe(status);
  expect(isAvailable(state)).toBe(available);
  expect(statusOf(state).reason === null).toBe(status === 'serving');
});

test('the reason says what failed', () => {
  expect(statusOf(live({}, bad)).reason).toBe('3 probes failed: status 500');
  const health = { ...UNPROVEN, failures: 9, reason: 'status 404' };
  expect(statusOf(live({}, health)).reason).toBe('waiting for its first good probe (status 404)');
});
