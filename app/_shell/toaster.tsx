'use client';

import { useTheme } from 'next-themes';
import { useEffect } from 'react';
import { Toaster } from 'sonner';
import { announceToaster } from './toaster-ready.ts';

export function ThemedToaster() {
  const { resolvedTheme } = useTheme();
  useEffect(announceToaster, []);
  return (
    <Toaster
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      // Never over a sheet's buttons, which are at the bottom right, nor over the bar that a phone has at the bottom.
      position="bottom-left"
      offset={{ left: 72, bottom: 16 }}
      mobileOffset={{ bottom: 76 }}
      toastOptions={{
        style: {
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
