'use client';

import { SunMoon } from 'lucide-react';
import dynamic from 'next/dynamic';
import { LazyMenu } from '../_ui/lazy-menu.tsx';
import { useProjector } from './projector.tsx';

const ViewMenuItems = dynamic(() => import('./view-menu-items.tsx').then((module) => module.ViewMenuItems));

export function ViewMenu() {
  // Subscribing is what applies the stored choice; the menu itself is loaded later.
  useProjector();
  return (
    <LazyMenu
      label="Look and session"
      icon={<SunMoon className="size-[1.125rem]" strokeWidth={1.75} aria-hidden="true" />}
      side="right"
      className="grid size-10 place-items-center rounded-lg text-muted hover:bg-raised hover:text-ink data-popup-open:bg-raised"
    >
      <ViewMenuItems />
    </LazyMenu>
  );
}
