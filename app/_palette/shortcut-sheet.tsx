'use client';

import { Dialog } from '@base-ui/react/dialog';
import { PLACES } from '../_shell/places.ts';

interface ShortcutSheetProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

const EVERYWHERE: readonly (readonly [string, string])[] = [
  ['Ctrl K or ⌘K', 'command palette'],
  ['?', 'this sheet'],
  ['/', 'find a key'],
  ['a', 'add replicas'],
  ['1 2 3 4', 'ring shows owner, load, change, health'],
  ['p', 'projector on or off'],
  ['t', 'light or dark'],
];

const ON_THE_RING: readonly (readonly [string, string])[] = [
  ['← →', 'a slot'],
  ['PageUp PageDown', '16 slots'],
  ['n p', 'next, previous virtual node'],
  ['Home End', 'first, last slot'],
  ['Enter', 'inspect'],
  ['Esc', 'let go'],
];

const IN_A_REPLAY: readonly (readonly [string, string])[] = [
  ['Space', 'play or pause'],
  [', .', 'event before, next event'],
  ['← →', 'a second, with the slider in focus'],
  ['l', 'back to now'],
];

export function ShortcutSheet({ open, onClose }: ShortcutSheetProps) {
  const places = PLACES.map((place): readonly [string, string] => [`g ${place.key}`, place.title.toLowerCase()]);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-ground/60" />
        <Dialog.Popup className="fixed top-[min(12vh,4rem)] left-1/2 z-30 max-h-[calc(100dvh-min(12vh,4rem)-1rem)] w-[min(40rem,calc(100vw-2rem))] -translate-x-1/2 overflow-auto rounded-xl border border-edge bg-ground p-6 outline-none">
          <Dialog.Title className="mb-4 font-semibold text-large">Keys</Dialog.Title>
          <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
            <div className="flex flex-col gap-5">
              <Keys title="Everywhere" keys={EVERYWHERE} />
              <Keys title="On the ring" keys={ON_THE_RING} />
            </div>
            <div className="flex flex-col gap-5">
              <Keys title="Go to" keys={places} />
              <Keys title="In a replay" keys={IN_A_REPLAY} />
            </div>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Keys({ title, keys }: { readonly title: string; readonly keys: readonly (readonly [string, string])[] }) {
  return (
    <section>
      <h3 className="mb-1 text-muted">{title}</h3>
      <dl className="grid grid-cols-[9rem_minmax(0,1fr)] gap-y-1">
        {keys.map(([key, words]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="font-mono text-small">{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
