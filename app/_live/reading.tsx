'use client';

import { useLive } from './provider.tsx';

/** Stands where what the balancer has kept will be. That it is gone the page says above. */
export function Reading() {
  const down = useLive(({ connection }) => connection === 'balancer-down');
  return down ? 'Read once the balancer answers.' : 'Reading what was kept…';
}

/** Why something could not be read; nothing to worry about while the balancer is gone. */
export function ReadingFailed({ message }: { readonly message: string }) {
  const down = useLive(({ connection }) => connection === 'balancer-down');
  return <p className={`py-3 ${down ? 'text-muted' : 'text-critical'}`}>{down ? <Reading /> : message}</p>;
}
