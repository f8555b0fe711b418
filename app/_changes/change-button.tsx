'use client';

import type { ComponentProps } from 'react';
import { useLive } from '../_live/provider.tsx';
import { Button } from '../_ui/button.tsx';

/** Why nothing can be changed just now; null when it can. */
export function useHindrance(): string | null {
  const down = useLive(({ connection }) => connection === 'balancer-down');
  return down ? 'The balancer does not answer.' : null;
}

/** A button for what the balancer has to do: not to be pressed while it is away, and says why. */
export function ChangeButton({ disabled = false, title, ...rest }: ComponentProps<typeof Button>) {
  const hindrance = useHindrance();
  return <Button {...rest} disabled={disabled || hindrance !== null} title={hindrance ?? title} />;
}
