'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';

const OpenedMenu = dynamic(() => import('./opened-menu.tsx').then((module) => module.OpenedMenu), { ssr: false });

export interface LazyMenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly className: string;
  readonly side?: 'bottom' | 'right';
  readonly children: ReactNode;
}

/** A menu that costs a button until it is first opened: a page may have one a row. */
export function LazyMenu(props: LazyMenuProps) {
  const [wanted, setWanted] = useState(false);
  if (wanted) return <OpenedMenu {...props} />;
  const { label, icon, className } = props;
  return (
    <button type="button" aria-label={label} aria-haspopup="menu" className={className} onClick={() => setWanted(true)}>
      {icon}
    </button>
  );
}
