'use client';

import { Menu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { MenuItem } from '../_ui/menu.tsx';
import { PLACES } from './places.ts';
import { useProjector } from './projector.tsx';
import { useSession } from './session.tsx';
import { signOut } from './sign-out.ts';

const THEMES = ['light', 'dark', 'system'] as const;

/** On a phone the pages that its bar has no room for; how the panel looks, and the way out. */
export function ViewMenuItems() {
  const { theme, setTheme } = useTheme();
  const { projector, toggleProjector } = useProjector();
  const { canSignOut, role } = useSession();
  const router = useRouter();
  return (
    <>
      {PLACES.filter(({ isRare }) => isRare).map(({ path, title, icon: Icon }) => (
        <MenuItem key={path} onClick={() => router.push(path)} className="lg:hidden">
          <Icon className="size-4 text-muted" aria-hidden="true" />
          {title}
        </MenuItem>
      ))}
      <Menu.Separator className="my-1 h-px bg-line lg:hidden" />
      {THEMES.map((name) => (
        <MenuItem key={name} onClick={() => setTheme(name)}>
          <span className="flex-1 capitalize">{name}</span>
          {theme === name && <Check className="size-4" aria-label="chosen" />}
        </MenuItem>
      ))}
      <Menu.Separator className="my-1 h-px bg-line max-sm:hidden" />
      <MenuItem onClick={toggleProjector} className="max-sm:hidden">
        <span className="flex-1">Projector</span>
        {projector && <Check className="size-4" aria-label="on" />}
      </MenuItem>
      {canSignOut && (
        <>
          <Menu.Separator className="my-1 h-px bg-line" />
          <MenuItem onClick={() => void signOut()}>Sign out ({role})</MenuItem>
        </>
      )}
    </>
  );
}
