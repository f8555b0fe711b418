'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useProposeChange } from '../_changes/change-provider.tsx';
import { useMayChange } from '../_changes/use-may-change.ts';
import { RING_MODES } from '../_ring/arcs.ts';
import { useSelection } from '../_ring/selection.tsx';
import { useProjector } from '../_shell/projector.tsx';
import { isForPage, isTyping } from './page-keys.ts';
import { type Shortcut, shortcutOf } from './shortcuts.ts';

const Palette = dynamic(() => import('./palette.tsx').then((module) => module.Palette), { ssr: false });
const ShortcutSheet = dynamic(() => import('./shortcut-sheet.tsx').then((module) => module.ShortcutSheet), {
  ssr: false,
});

const PREFIX_MS = 1_000;
/** Not 0: a page counts its time from its own beginning, and its first second would follow upon a "g". */
const NEVER = Number.NEGATIVE_INFINITY;
/** The keyboard everywhere, the command palette and the sheet of keys. Each is loaded when first wanted. */
export function Keyboard() {
  const [shown, setShown] = useState<'palette' | 'help' | null>(null);
  const [wanted, setWanted] = useState({ palette: false, help: false });
  const open = useCallback((which: 'palette' | 'help') => {
    setWanted((before) => ({ ...before, [which]: true }));
    setShown(which);
  }, []);
  useShortcuts(open);
  return (
    <>
      <button
        type="button"
        onClick={() => open('palette')}
        aria-label="Command palette"
        aria-keyshortcuts="Control+K Meta+K"
        className="h-8 rounded-lg border border-line px-2.5 font-mono text-muted text-small hover:border-edge hover:text-ink"
      >
        ⌘K
      </button>
      {wanted.palette && <Palette open={shown === 'palette'} onClose={() => setShown(null)} />}
      {wanted.help && <ShortcutSheet open={shown === 'help'} onClose={() => setShown(null)} />}
    </>
  );
}

function useShortcuts(open: (which: 'palette' | 'help') => void): void {
  const run = useShortcutRunner(open);
  const prefixedAt = useRef(NEVER);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!isForPage(event)) return;
      const prefixed = performance.now() - prefixedAt.current < PREFIX_MS;
      prefixedAt.current = NEVER;
      const command = event.ctrlKey || event.metaKey;
      const shortcut = shortcutOf({ key: event.key, command, typing: isTyping(event.target), prefixed });
      if (shortcut === null) return;
      event.preventDefault();
      if (shortcut.kind === 'prefix') prefixedAt.current = performance.now();
      else run(shortcut);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [run]);
}

function useShortcutRunner(open: (which: 'palette' | 'help') => void): (shortcut: Shortcut) => void {
  const router = useRouter();
  const propose = useProposeChange();
  const { select } = useSelection();
  const mayChange = useMayChange();
  const { toggleProjector } = useProjector();
  const { resolvedTheme, setTheme } = useTheme();
  return useCallback(
    (shortcut) => {
      switch (shortcut.kind) {
        case 'palette':
        case 'help':
          return open(shortcut.kind);
        case 'find':
          return document.querySelector<HTMLElement>('#key-finder, #inspected-key, main input[type=search]')?.focus();
        case 'add':
          return mayChange ? propose({ kind: 'add' }) : undefined;
        case 'projector':
          return toggleProjector();
        case 'theme':
          return setTheme(resolvedTheme === 'dark' ? 'light' : 'dark');
        case 'go':
          return router.push(shortcut.path);
        case 'mode':
          return select({ mode: RING_MODES[shortcut.index] ?? 'owner' });
        case 'prefix':
          return;
      }
    },
    [open, propose, resolvedTheme, mayChange, router, select, setTheme, toggleProjector],
  );
}
