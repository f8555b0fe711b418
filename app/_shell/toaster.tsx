'use client';

import { useTheme } from 'next-themes';
import { useEffect } from 'react';
import { Toaster } from 'sonner';
import { useHeaderRoom } from './header-room.ts';
import { announceToaster } from './toaster-ready.ts';

/** px. */
const WIDEST = 400;

/**
 * Toasts stand in the header, where it has room: over nothing that is looked at. Elsewhere they are at the lower right,
 * where lists end; on a phone a strip on its bar, by which the page gets longer (globals.css). Never over a sheet, whose
 * buttons are there too.
 */
export function ThemedToaster() {
  const { resolvedTheme } = useTheme();
  const room = useHeaderRoom();
  useEffect(announceToaster, []);
  const width = room === null ? {} : { '--width': `${Math.min(WIDEST, room.width)}px` };
  return (
    <Toaster
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position={room === null ? 'bottom-right' : 'top-right'}
      offset={room === null ? { right: 16, bottom: 'calc(var(--bar) + 1rem)' } : { right: room.right, top: 4 }}
      mobileOffset={{ bottom: 'var(--bar)', left: 0, right: 0 }}
      visibleToasts={room === null ? 1 : 3}
      gap={4}
      style={{ zIndex: 15, ...width }}
    />
  );
}
