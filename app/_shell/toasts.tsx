'use client';

import { useTheme } from 'next-themes';
import { Toaster } from 'sonner';

export function Toasts() {
  const { resolvedTheme } = useTheme();
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
