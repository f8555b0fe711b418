'use client';

import { Menu, SunMoon } from 'lucide-react';
import dynamic from 'next/dynamic';
import { LazyMenu } from '../_ui/lazy-menu.tsx';
import { useProjector } from './projector.tsx';

const ICON = 'size-[1.125rem]';

const ViewMenuItems = dynamic(() => import('./view-menu-items.tsx').then((module) => module.ViewMenuItems));

/** `isHere`: the page is one that a phone finds in this menu. */
export function ViewMenu({ isHere }: { readonly isHere: boolean }) {
  // Subscribing is what applies the stored choice; the menu itself is loaded later.
  useProjector();
  return (
    <LazyMenu
      label="More: look and session"
      icon={
        <>
          <SunMoon className={`${ICON} max-lg:hidden`} strokeWidth={1.75} aria-hidden="true" />
          <Menu className={`${ICON} lg:hidden`} strokeWidth={1.75} aria-hidden="true" />
          <span className="lg:hidden">More</span>
        </>
      }
      side="right"
      className={`rail-place lg:mt-auto ${isHere ? 'max-lg:text-ink' : ''}`}
    >
      <ViewMenuItems />
    </LazyMenu>
  );
}
