'use client';

import { Menu } from '@base-ui/react/menu';
import { Check, SunMoon } from 'lucide-react';
import { useTheme } from 'next-themes';
import { MenuItem, MenuPopup } from '../_ui/menu.tsx';
import { useProjector } from './projector.tsx';
import { useSession } from './session.tsx';
import { signOut } from './sign-out.ts';

const THEMES = ['light', 'dark', 'system'] as const;

/** How the panel looks, and the way out. */
export function ViewMenu() {
  const { theme, setTheme } = useTheme();
  const { projector, toggleProjector } = useProjector();
  const { canSignOut, role } = useSession();
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label="Look and session"
        className="grid size-10 place-items-center rounded-lg text-muted hover:bg-raised hover:text-ink data-popup-open:bg-raised"
      >
        <SunMoon className="size-[1.125rem]" strokeWidth={1.75} aria-hidden="true" />
      </Menu.Trigger>
      <MenuPopup side="right" align="end">
        {THEMES.map((name) => (
          <MenuItem key={name} onClick={() => setTheme(name)}>
            <span className="flex-1 capitalize">{name}</span>
            {theme === name && <Check className="size-4" aria-label="chosen" />}
          </MenuItem>
        ))}
        <Menu.Separator className="my-1 h-px bg-line" />
        <MenuItem onClick={toggleProjector}>
          <span className="flex-1">Projector</span>
          {projector && <Check className="size-4" aria-label="on" />}
        </MenuItem>
        {canSignOut && (
          <>
            <Menu.Separator className="my-1 h-px bg-line" />
            <MenuItem onClick={() => void signOut()}>Sign out ({role})</MenuItem>
          </>
        )}
      </MenuPopup>
    </Menu.Root>
  );
}
