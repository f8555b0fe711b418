import type { Measurement } from './measure.ts';

/** How far a condition has come for one replica or the fleet. Times are counted, not read: a clock that jumps fires nothing. */
export type Watch =
  | { readonly state: 'inactive' }
  /** It has held for `heldMs`. */
  | { readonly state: 'pending'; readonly heldMs: number }
  /** It fired, and has been over for `clearMs` (0: it holds). */
  | { readonly state: 'firing'; readonly clearMs: number };

export type Transition = 'none' | 'began' | 'fired' | 'resolved' | 'dropped';

export interface WatchPolicy {
  readonly forMs: number;
  readonly clearMs: number;
}

export interface Step {
  readonly watch: Watch;
  readonly transition: Transition;
}

export const INACTIVE: Watch = { state: 'inactive' };

function hold(watch: Watch, elapsedMs: number, { forMs }: WatchPolicy): Step {
  switch (watch.state) {
    case 'inactive':
      return forMs === 0
        ? { watch: { state: 'firing', clearMs: 0 }, transition: 'fired' }
        : { watch: { state: 'pending', heldMs: 0 }, transition: 'began' };
    case 'pending': {
      const heldMs = watch.heldMs + elapsedMs;
      return heldMs >= forMs
        ? { watch: { state: 'firing', clearMs: 0 }, transition: 'fired' }
        : { watch: { state: 'pending', heldMs }, transition: 'none' };
    }
    case 'firing':
      return { watch: { state: 'firing', clearMs: 0 }, transition: 'none' };
  }
}

function rest(watch: Watch, elapsedMs: number, policy: WatchPolicy): Step {
  switch (watch.state) {
    case 'inactive':
      return { watch, transition: 'none' };
    case 'pending':
      return { watch: INACTIVE, transition: 'dropped' };
    case 'firing': {
      const clearMs = watch.clearMs + elapsedMs;
      return clearMs >= policy.clearMs
        ? { watch: INACTIVE, transition: 'resolved' }
        : { watch: { state: 'firing', clearMs }, transition: 'none' };
    }
  }
}

/** One look, `elapsedMs` after the one before. What holds once more begins its calm anew, so an alert does not flap. */
export function step(
  watch: Watch,
  { holds }: Pick<Measurement, 'holds'>,
  elapsedMs: number,
  policy: WatchPolicy,
): Step {
  return holds ? hold(watch, elapsedMs, policy) : rest(watch, elapsedMs, policy);
}
