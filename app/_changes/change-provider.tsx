'use client';

import dynamic from 'next/dynamic';
import { createContext, type ReactNode, use, useCallback, useState } from 'react';
import type { Change } from './change.ts';

const ChangeSheet = dynamic(() => import('./change-sheet.tsx').then((module) => module.ChangeSheet), { ssr: false });

const ChangeContext = createContext<((change: Change) => void) | null>(null);

/** Lets any part of any page propose a change; the sheet that asks about it is loaded when first needed. */
export function ChangeProvider({ children }: { readonly children: ReactNode }) {
  const [change, setChange] = useState<Change | null>(null);
  const [open, setOpen] = useState(false);
  const propose = useCallback((proposed: Change) => {
    setChange(proposed);
    setOpen(true);
  }, []);
  return (
    <ChangeContext value={propose}>
      {children}
      {change !== null && <ChangeSheet change={change} open={open} onClose={() => setOpen(false)} />}
    </ChangeContext>
  );
}

/** Opens the sheet with a change to think about. */
export function useProposeChange(): (change: Change) => void {
  const propose = use(ChangeContext);
  if (propose === null) throw new Error('useProposeChange outside ChangeProvider');
  return propose;
}
