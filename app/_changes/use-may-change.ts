'use client';

import { useLive } from '../_live/provider.tsx';
import { useSession } from '../_shell/session.tsx';

/** Whether this reader is offered changes: not as a viewer, and not while looking at the past. The server checks again. */
export function useMayChange(): boolean {
  const { role } = useSession();
  const past = useLive(({ connection }) => connection === 'past');
  return role === 'operator' && !past;
}
