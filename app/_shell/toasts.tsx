'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { onToasterWanted } from './toaster-ready.ts';

const Toaster = dynamic(() => import('./toaster.tsx').then((module) => module.ThemedToaster), { ssr: false });

/** The place for toasts, loaded with the first of them. */
export function Toasts() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => onToasterWanted(() => setWanted(true)), []);
  return wanted ? <Toaster /> : null;
}
