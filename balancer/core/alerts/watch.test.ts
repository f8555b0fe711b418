import { expect, test } from 'vitest';
import { INACTIVE, step, type Transition, type Watch } from './watch.ts';

const policy = { forMs: 3_000, clearMs: 2_000 };

/** Looks once a second; each letter says whether the condition holds (#) or not (.). */
function run(looks: string, rule = policy, elapsedMs = 1_000): readonly Transition[] {
  let watch: Watch = INACTIVE;
  return [...looks].map((look) => {
    const next = step(watch, { holds: look === '#' }, elapsedMs, rule);
    watch = next.watch;
    return next.transition;
  });
}

test('it fires when the condition has held for long enough, and not before', () => {
  expect(run('.####')).toEqual(['none', 'began', 'none', 'none', 'fired']);
});

test('one look without it and the count begins anew', () => {
  expect(run('###.####')).toEqual(['began', 'none', 'none', 'dropped', 'began', 'none', 'none', 'fired']);
});

test('with no time to hold it fires at once', () => {
  expect(run('#', { ...policy, forMs: 0 })).toEqual(['fired']);
});

test('it ends when the condition has been over for long enough', () => {
  expect(run('####..').slice(-2)).toEqual(['none', 'resolved']);
});

test('a condition that comes and goes within the calm fires once and ends once', () => {
  const turns = run('####.#.#.#.#..').filter((turn) => turn === 'fired' || turn === 'resolved');
  expect(turns).toEqual(['fired', 'resolved']);
});
