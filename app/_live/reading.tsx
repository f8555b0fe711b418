'use client';

import { useLive } from './provider.tsx';

/** Stands where what the balancer has kept will be. */
export function Reading() {
  const down = useLive(({ connection }) => connection === 'balancer-down');
  return down ? 'The balancer does not answer: this is read once it does.' : 'Reading what was kept…';
}
