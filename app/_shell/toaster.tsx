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
      position="bottom-right"
      offset={16}
      toastOptions={{
        style: {
          background: 'var(--ground)',
          border: '1px solid var(--edge)',
          color: 'var(--ink)',
          boxShadow: 'none',
          fontFamily: 'inherit',
        },
      }}
    />
  );
}
