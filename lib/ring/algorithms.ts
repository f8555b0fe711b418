import { balanced } from './balanced.ts';
import { classicLinear, classicQuadratic } from './classic.ts';
import { hashed } from './hashed.ts';
import type { PlacementAlgorithm } from './placement-algorithm.ts';
import type { Placement } from './types.ts';

/** How each placement places. */
export const ALGORITHMS: Readonly<Record<Placement, PlacementAlgorithm>> = {
  balanced,
  hashed,
  'classic-linear': classicLinear,
  'classic-quadratic': classicQuadratic,
};
