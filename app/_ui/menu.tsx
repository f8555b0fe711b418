'use client';

import { Menu } from '@base-ui/react/menu';
import type { ComponentProps } from 'react';

interface MenuPopupProps {
  readonly side?: 'top' | 'bottom' | 'right';
  readonly align?: 'start' | 'end';
  readonly children: React.ReactNode;
}

export function MenuPopup({ side = 'bottom', align = 'end', children }: MenuPopupProps) {
  return (
    <Menu.Portal>
      <Menu.Positioner side={side} align={align} sideOffset={4} className="z-30 outline-none">
        <Menu.Popup className="min-w-44 rounded-lg border border-edge bg-ground p-1 outline-none">
          {children}
        </Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  );
}

interface MenuItemProps extends Omit<ComponentProps<typeof Menu.Item>, 'className'> {
  readonly className?: string;
  readonly danger?: boolean;
}

export function MenuItem({ danger = false, className = '', ...rest }: MenuItemProps) {
  return (
    <Menu.Item
      className={`flex h-8 cursor-pointer items-center gap-2 rounded-md px-2.5 outline-none data-disabled:cursor-default data-highlighted:bg-raised data-disabled:text-faint ${danger ? 'text-critical' : ''} ${className}`}
      {...rest}
    />
  );
}
