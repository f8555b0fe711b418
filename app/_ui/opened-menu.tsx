'use client';

import { Menu } from '@base-ui/react/menu';
import type { LazyMenuProps } from './lazy-menu.tsx';
import { MenuPopup } from './menu.tsx';

/** Where the rail lies at the bottom. */
function isNarrow(): boolean {
  return matchMedia('(max-width: 63.99rem)').matches;
}

/** The menu itself, open from the start: it is loaded because it was asked for. */
export function OpenedMenu({ label, icon, className, side = 'bottom', children }: LazyMenuProps) {
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger aria-label={label} className={className}>
        {icon}
      </Menu.Trigger>
      <MenuPopup side={side === 'right' && isNarrow() ? 'top' : side}>{children}</MenuPopup>
    </Menu.Root>
  );
}
