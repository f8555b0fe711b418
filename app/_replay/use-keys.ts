'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { isForPage, isTyping } from '../_palette/page-keys.ts';
import type { Replay } from './use-replay.ts';

/** Space plays and pauses, comma and full stop go from event to event, l goes back to now. */
export function useReplayKeys(replay: Replay): void {
  const router = useRouter();
  const latest = useRef(replay);
  latest.current = replay;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!isForPage(event) || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      const { toggle, step } = latest.current;
      const onButton = event.target instanceof HTMLButtonElement;
      const deeds: Readonly<Record<string, () => void>> = {
        ...(onButton ? {} : { ' ': toggle }),
        ',': () => step(-1),
        '.': () => step(1),
        l: () => router.push('/'),
      };
      const deed = deeds[event.key];
      if (deed === undefined) return;
      event.preventDefault();
      deed();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [router]);
}
