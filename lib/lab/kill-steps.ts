import type { KillSteps } from './run.ts';

/** The steps of a fault's end, in order, as people call them. */
export const KILL_STEPS = [
  ['noticed', 'noticedMs'],
  ['out of rotation', 'outOfRotationMs'],
  ['new instance', 'newInstanceMs'],
  ['serving again', 'servingMs'],
  ['first request served', 'firstRequestMs'],
] as const satisfies readonly (readonly [string, keyof KillSteps])[];
