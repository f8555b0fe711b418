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
 * where lists end, or above the bar that a phone has at the bottom; never over a sheet, whose buttons are there too.
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
      offset={room === null ? 16 : { right: room.right, top: 8 }}
      mobileOffset={{ bottom: 76 }}
      gap={4}
      style={{ zIndex: 15, ...width }}
      toastOptions={{
        style: {
          padding: '0.375rem 0.75rem',
          background: 'var(--ground)',
          border: '1px solid var(--edge)',
          color: 'var(--ink)',
          boxShadow: 'none',
          fontFamily: 'var(--font-sans)',
        },
      }}
    />
  );
}
